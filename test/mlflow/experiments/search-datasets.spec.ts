import { itRefusesWhatAllRefuse } from '../error-cases';
import { twoProjects } from '../scene';

const dataset = { name: 'iris', digest: 'd1', source_type: 'http', source: 'https://example.org/iris.csv' };
const context = (value: string): object[] => [{ key: 'mlflow.data.context', value }];

describe('experiments/search-datasets', () => {
  const { mine, other, ofExperiments } = twoProjects();
  itRefusesWhatAllRefuse(
    { method: 'POST', path: 'experiments/search-datasets', request: { experiment_ids: ['0'] }, writes: false },
    ofExperiments,
  );

  async function log(experiment_id: string, datasets: object[]): Promise<void> {
    const run_id = await mine().createRun({ experiment_id });
    await mine().post('runs/log-inputs', { run_id, datasets });
  }

  async function find(...experiment_ids: string[]): Promise<unknown> {
    const { body } = await mine().post('experiments/search-datasets', { experiment_ids });
    return body['dataset_summaries'];
  }

  it('tells each dataset once for each thing it was used for, whichever runs did', async () => {
    const [one, two] = [await mine().createExperiment(), await mine().createExperiment()];
    await log(one, [{ dataset, tags: context('train') }]);
    await log(one, [{ dataset, tags: context('train') }, { dataset: { ...dataset, digest: 'd2' } }]);
    await log(one, [{ dataset, tags: context('test') }]);
    await log(two, [{ dataset, tags: context('train') }]);
    const summary = (experiment_id: string, digest: string, use?: string): object => ({
      experiment_id,
      name: 'iris',
      digest,
      ...(use === undefined ? {} : { context: use }),
    });
    const ofOne = [summary(one, 'd1', 'test'), summary(one, 'd1', 'train'), summary(one, 'd2')];
    expect(await find(one)).toEqual(ofOne);
    expect(await find(two, one)).toEqual([...ofOne, summary(two, 'd1', 'train')]);
  });

  it('has nothing to tell of experiments without datasets, and of another project’s', async () => {
    const theirs = await other().createExperiment();
    const run_id = await other().createRun({ experiment_id: theirs });
    await other().post('runs/log-inputs', { run_id, datasets: [{ dataset }] });
    expect(await find(await mine().createExperiment(), '99999', theirs)).toBeUndefined();
  });

  it('never tells more than 1,000', async () => {
    const experiment = await mine().createExperiment();
    for (const half of [0, 1]) {
      const many = Array.from({ length: 501 }, (_, index) => ({
        dataset: { ...dataset, digest: `${half}-${index}` },
      }));
      await log(experiment, many);
    }
    expect(await find(experiment)).toHaveLength(1_000);
  });

  it.each([
    [{}, 'must specify at least one experiment_id'],
    [{ experiment_ids: [] }, 'must specify at least one experiment_id'],
    [{ experiment_ids: Array.from({ length: 21 }, () => '0') }, 'cannot specify more than 20 experiment_ids'],
    [{ experiment_ids: ['x'] }, "Invalid experiment ID 'x'"],
    [{ experiment_ids: '0' }, 'Invalid value "0" for parameter \'experiment_ids\''],
  ])('refuses %j', async (request, message) => {
    const answer = await mine().post('experiments/search-datasets', request);
    expect([answer.status, answer.body['error_code']]).toEqual([400, 'INVALID_PARAMETER_VALUE']);
    expect(answer.body['message']).toContain(message);
  });
});
