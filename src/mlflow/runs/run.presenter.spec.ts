import type { Candidate, CandidateData } from '../../candidates';
import { asCandidateIid, asExperimentIid, asProjectId, parseEid, type CandidateEid } from '../../common';
import { toRun, toRunInfo } from './run.presenter';

const id = '0123456789abcdef0123456789abcdef';
const candidate: Candidate = {
  project: asProjectId(7),
  iid: asCandidateIid(4),
  eid: parseEid(id) as CandidateEid,
  experimentIid: asExperimentIid(3),
  name: 'calm-otter-12',
  status: 'running',
  startedAt: 1_700_000_000_000,
  userName: 'anna',
  createdBy: 'token:ci',
  createdAt: new Date(0),
};
const nothing: CandidateData = { metrics: [], params: [], tags: [], inputs: [] };
const uri = `mlflow-artifacts:/3/${id}/artifacts`;

describe('toRunInfo', () => {
  it('shows the eid as 32 hex digits under both names, the iid of the experiment as text, the status in capitals', () => {
    expect(toRunInfo(candidate, uri)).toEqual({
      run_id: id,
      run_uuid: id,
      run_name: 'calm-otter-12',
      experiment_id: '3',
      user_id: 'anna',
      status: 'RUNNING',
      start_time: 1_700_000_000_000,
      artifact_uri: uri,
      lifecycle_stage: 'active',
    });
  });

  it('shows the end once there is one, and a deleted candidate as such', () => {
    const ended = toRunInfo({ ...candidate, status: 'killed', endedAt: 5, deletedAt: new Date() }, uri);
    expect(ended).toMatchObject({ end_time: 5, status: 'KILLED', lifecycle_stage: 'deleted' });
  });
});

describe('toRun', () => {
  it('leaves empty lists out', () => {
    expect(toRun({ candidate, data: nothing }, uri)).toEqual({ info: toRunInfo(candidate, uri), data: {}, inputs: {} });
  });

  it('shows names as keys, times as timestamps, and the numbers that JSON lacks as text', () => {
    const point = { name: 'loss', step: 0, trackedAt: 9 };
    const data: CandidateData = {
      ...nothing,
      metrics: [0.1, 3, NaN, Infinity, -Infinity].map((value) => ({ ...point, value })),
      params: [{ name: 'depth', value: '3' }],
      tags: [{ name: 'team', value: '' }],
    };
    const run = JSON.parse(JSON.stringify(toRun({ candidate, data }, uri))) as ReturnType<typeof toRun>;
    expect(run.data.metrics?.map(({ value }) => value)).toEqual([0.1, 3, 'NaN', 'Infinity', '-Infinity']);
    expect(run.data.metrics?.[0]).toEqual({ key: 'loss', value: 0.1, timestamp: 9, step: 0 });
    expect(run.data.params).toEqual([{ key: 'depth', value: '3' }]);
    expect(run.data.tags).toEqual([{ key: 'team', value: '' }]);
  });

  it('shows datasets with what they were used for, and models', () => {
    const dataset = { name: 'penguins', digest: 'd1', sourceType: 'local', source: '{}' };
    const data = { ...nothing, inputs: [{ dataset, tags: [{ name: 'mlflow.data.context', value: 'train' }] }] };
    const models = { inputs: [{ model_id: 'm-1' }], outputs: [{ model_id: 'm-2', step: 4 }] };
    expect(toRun({ candidate, data }, uri, models)).toMatchObject({
      inputs: {
        dataset_inputs: [
          {
            tags: [{ key: 'mlflow.data.context', value: 'train' }],
            dataset: { name: 'penguins', digest: 'd1', source_type: 'local', source: '{}' },
          },
        ],
        model_inputs: [{ model_id: 'm-1' }],
      },
      outputs: { model_outputs: [{ model_id: 'm-2', step: 4 }] },
    });
  });
});
