import { asCandidateIid, asExperimentIid, asProjectId, newEid } from '../../common';
import { presentDetails } from './candidate.presenter';

describe('a candidate on the native API', () => {
  it('keeps numbers that JSON cannot carry as texts', () => {
    const values = [1.5, Number.NaN, Infinity, -Infinity];
    const metrics = values.map((value, step) => ({ name: 'loss', value, step, trackedAt: 7 }));
    const candidate = {
      project: asProjectId(1),
      iid: asCandidateIid(2),
      eid: newEid(),
      experimentIid: asExperimentIid(0),
      name: 'a',
      status: 'running' as const,
      startedAt: 3,
      userName: 'ada',
      createdBy: 'ada',
      createdAt: new Date(0),
    };
    const presented = JSON.stringify(
      presentDetails({ candidate, data: { metrics, params: [], tags: [], inputs: [] } }),
    );
    expect(JSON.parse(presented)).toEqual({
      iid: 2,
      eid: candidate.eid,
      experiment_iid: 0,
      name: 'a',
      status: 'running',
      started_at: 3,
      user_name: 'ada',
      created_by: 'ada',
      created_at: '1970-01-01T00:00:00.000Z',
      metrics: [1.5, 'NaN', 'Infinity', '-Infinity'].map((value, step) => ({
        name: 'loss',
        value,
        step,
        tracked_at: 7,
      })),
      params: [],
      tags: [],
      inputs: [],
    });
  });
});
