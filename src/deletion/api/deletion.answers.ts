import { WholeAnswer } from '../../common';
import type { Freed } from '../freed';

/** What a deletion for good removes. */
export class DeletionAnswer implements Freed {
  @WholeAnswer('Candidates.')
  candidates!: number;

  @WholeAnswer('Experiments.')
  experiments!: number;

  @WholeAnswer('Logged models.')
  models!: number;

  @WholeAnswer('Points of metrics, of candidates and of models.')
  points!: number;

  @WholeAnswer('Artifacts; those that are kept outside of this server stay.')
  files!: number;

  @WholeAnswer('Bytes of the artifacts.')
  bytes!: number;
}
