import { expect, test } from 'vitest';
import { escapeHtml } from '../../../src/units/html.ts';

test('markup becomes text, what was escaped already too', () => {
  expect(escapeHtml('<a title="x">&amp;')).toBe('&lt;a title=&quot;x&quot;&gt;&amp;amp;');
});
