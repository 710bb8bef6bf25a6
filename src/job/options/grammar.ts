/** How the lines of a section are read. */

import type { JobOption } from './job-option.ts';

export const grammarOptions: readonly JobOption[] = [
  {
    name: 'kb_base',
    type: 'choice',
    choices: ['1024', '1000'],
    default: '1024',
    category: 'grammar',
    help:
      'What k counts in sizes, wherever it stands in the section: 1024, and kib is 1000, as fio ' +
      'has it; 1000, and kib is 1024, as the standards have it.',
  },
];
