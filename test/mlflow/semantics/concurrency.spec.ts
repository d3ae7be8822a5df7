import { aWorld } from './world';

const many = 16;

describe('at the same time', () => {
  const { tracking, post, history, latest, params } = aWorld();

  it('one of many creations of one experiment name wins, and the others are told that it exists', async () => {
    for (let round = 0; round < 3; round += 1) {
      const name = `contended ${round}`;
      const answers = await Promise.all(
        Array.from({ length: many }, () => tracking().post('experiments/create', { name })),
      );
      const won = answers.filter(({ status }) => status === 200);
      expect(won).toHaveLength(1);
      const lost = answers
        .filter((answer) => answer !== won[0])
        .map(({ status, body }) => [status, body['error_code']]);
      expect(lost).toEqual(Array.from({ length: many - 1 }, () => [400, 'RESOURCE_ALREADY_EXISTS']));
    }
  });

  it('one of many values of a param is kept, and only those who said it succeed', async () => {
    const run_id = await tracking().createRun();
    const values = Array.from({ length: many }, (_, index) => String(index % 4));
    const answers = await Promise.all(
      values.map((value) => tracking().post('runs/log-parameter', { run_id, key: 'p', value })),
    );
    const kept = (await params(run_id))['p'];
    expect(answers.map(({ status }) => status)).toEqual(values.map((value) => (value === kept ? 200 : 400)));
  });

  it('no point is lost, and the latest one is right whatever the order in which they came', async () => {
    const run_id = await tracking().createRun();
    const points = Array.from({ length: 64 }, (_, step) => ({ run_id, key: 'm', value: -step, timestamp: 1, step }));
    await Promise.all(points.map((point) => post('runs/log-metric', point)));
    expect(await history(run_id)).toHaveLength(points.length);
    expect(await latest(run_id)).toEqual({ m: -63 });
  });
});
