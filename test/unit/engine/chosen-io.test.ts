import { expect, test } from 'vitest';
import { ChosenIo } from '../../../src/engine/chosen-io.ts';
import type { SlotIo } from '../../../src/engine/slot-io.ts';
import { Status } from '../../../src/workload/status.ts';

const calls: string[] = [];

function namedIo(name: string, doneBytes: number, status: Status): SlotIo {
  const note = (what: string) => calls.push(`${name} ${what}`);
  return {
    doneBytes,
    status,
    begin: () => note('begin'),
    submit: () => note('submit') > 0,
    sent: (atNs) => note(`sent ${atNs}`),
    reaped: () => note('reaped') > 0,
    credit: () => note('credit'),
  };
}

class Alternating extends ChosenIo {
  private readonly ios: readonly [SlotIo, SlotIo];
  private turn = 0;

  constructor(even: SlotIo, odd: SlotIo) {
    super(even);
    this.ios = [even, odd];
  }

  protected override choose(): SlotIo {
    this.turn += 1;
    return this.ios[this.turn % 2 === 0 ? 0 : 1];
  }
}

test('what is chosen when it begins is in use until it begins again', () => {
  const io = new Alternating(namedIo('even', 2, Status.OK), namedIo('odd', 1, Status.NOSPC));
  expect([io.doneBytes, io.status]).toEqual([2, Status.OK]);
  io.begin();
  io.sent(7);
  expect([io.reaped(), io.doneBytes, io.status]).toEqual([true, 1, Status.NOSPC]);
  io.credit();
  io.begin();
  expect(io.doneBytes).toBe(2);
  expect(calls).toEqual(['odd begin', 'odd sent 7', 'odd reaped', 'odd credit', 'even begin']);
});
