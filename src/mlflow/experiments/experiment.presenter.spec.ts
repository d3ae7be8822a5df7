import { asExperimentIid, asProjectId } from '../../common';
import type { Experiment } from '../../experiments';
import { toExperiment } from './experiment.presenter';

const experiment: Experiment = {
  project: asProjectId(7),
  iid: asExperimentIid(0),
  name: 'Default',
  createdBy: 'anna',
  createdAt: new Date(1000),
  updatedAt: new Date(2000),
  tags: [],
};

describe('toExperiment', () => {
  it('shows the iid as text, times in milliseconds, and our own place for artifacts', () => {
    expect(toExperiment(experiment)).toEqual({
      experiment_id: '0',
      name: 'Default',
      artifact_location: 'mlflow-artifacts:/0',
      lifecycle_stage: 'active',
      workspace: 'default',
      creation_time: 1000,
      last_update_time: 2000,
    });
  });

  it('shows where the client keeps the artifacts, tags, and that it is deleted', () => {
    const deleted = {
      ...experiment,
      artifactLocation: 's3://bucket/x',
      deletedAt: new Date(),
      tags: [{ name: 'team', value: 'vision' }],
    };
    expect(toExperiment(deleted)).toMatchObject({
      artifact_location: 's3://bucket/x',
      lifecycle_stage: 'deleted',
      tags: [{ key: 'team', value: 'vision' }],
    });
  });
});
