// A worker for tests of the pool: what it does with a run is told by the name of the run's job file.
export async function perform({ plan }) {
  switch (plan.jobFile) {
    case 'exit.fio':
      return process.exit(7);
    case 'spin.fio':
      for (;;);
    case 'wait.fio':
      return new Promise(() => setInterval(() => {}, 1000));
    case 'reject.fio':
      throw new Error('rejected');
    case 'failed.fio':
      return { ok: false, error: { name: 'AssertionFailure', message: 'no', code: 'ENOSPC' } };
    default:
      return { ok: true, result: { rows: [], trace: null, notes: [] } };
  }
}
