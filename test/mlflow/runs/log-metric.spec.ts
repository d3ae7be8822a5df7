import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

describe('runs/log-metric', () => {
  const { mine, ofRuns } = twoProjects();
  itRefusesWhatAllRefuse(
    {
      method: 'POST',
      path: 'runs/log-metric',
      idField: 'run_id',
      request: { key: 'loss', value: 0.5, timestamp: '1700000000000', step: '3' },
      required: 'timestamp',
      writes: true,
    },
    ofRuns,
  );

  it.each([0.1, 3, -0.5, 1e-320, 1.7976931348623157e308, 'NaN', 'Infinity', '-Infinity', '12.5'])(
    'gives the value %j back exactly',
    async (value) => {
      const run_id = await mine().createRun();
      const answer = await mine().post('runs/log-metric', { run_id, key: 'm', value, timestamp: 7 });
      expect([answer.status, answer.text]).toEqual([200, '{}']);
      const shown = value === '12.5' ? 12.5 : value;
      expect((await mine().run(run_id)).data.metrics).toEqual([{ key: 'm', value: shown, timestamp: 7, step: 0 }]);
    },
  );

  it('may be repeated without a second point', async () => {
    const run_id = await mine().createRun();
    const point = { run_id, key: 'm', value: 1, timestamp: 7, step: -2 };
    await mine().post('runs/log-metric', point);
    await mine().post('runs/log-metric', point);
    const { body } = await mine().get('metrics/get-history', { run_id, metric_key: 'm' });
    expect(body['metrics']).toEqual([{ key: 'm', value: 1, timestamp: 7, step: -2 }]);
  });

  it('takes the id under its name of old', async () => {
    const run_uuid = await mine().createRun();
    const answer = await mine().post('runs/log-metric', { run_uuid, key: 'm', value: 1, timestamp: 7 });
    expect(answer.status).toBe(200);
  });

  it.each([
    [{ key: '' }, "Missing value for required parameter 'key'."],
    [{ key: 31 }, "Invalid value 31 for parameter 'key' supplied"],
    [{ key: 'a$b' }, 'a$b'],
    [{ key: '../a' }, '../a'],
    [{ key: 'a//b' }, 'a//b'],
    [{ key: 'x'.repeat(251) }, 'exceeds the maximum length of 250 characters'],
    [{ value: null }, "Missing value for required parameter 'value'."],
    [{ value: 'much' }, 'Invalid value "much" for parameter \'value\' supplied'],
    [{ value: true }, "Invalid value true for parameter 'value' supplied"],
    [{ timestamp: 'now' }, 'Invalid value "now" for parameter \'timestamp\' supplied'],
    [{ timestamp: -1 }, "Invalid value -1 for parameter 'timestamp' supplied"],
    [{ step: 1.5 }, "Invalid value 1.5 for parameter 'step' supplied"],
    [{ step: '9223372036854775807' }, "for parameter 'step' supplied"],
    [{ run_id: 31 }, "Invalid value 31 for parameter 'run_id' supplied"],
  ])('refuses %j', async (fields, message) => {
    const request = { run_id: ofRuns().id, key: 'm', value: 1, timestamp: 7, step: 0, ...fields };
    const answer = await mine().post('runs/log-metric', request);
    expect([answer.status, answer.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(answer.body['message']).toContain(message);
  });
});
