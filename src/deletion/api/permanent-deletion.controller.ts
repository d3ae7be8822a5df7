import { Controller, Delete, Param } from '@nestjs/common';
import { CurrentAccess, Requires, type Access } from '../../access';
import { asCandidateIid, asExperimentIid, NativeApi, notFound, Operation, parseIid } from '../../common';
import { PermanentDeletion } from '../permanent-deletion.service';
import { DeletionAnswer } from './deletion.answers';

function readIid(text: string, noun: string): number {
  const iid = parseIid(text);
  if (iid === undefined) throw notFound(`No ${noun} with iid ${JSON.stringify(text)} exists; iids are whole numbers`);
  return iid;
}

const description =
  'It is gone from every answer at once and cannot be restored; what belongs to it is removed in the background. The answer says what that is.';

/** Deleting for good; deleting so that it can be restored is each feature's own. */
@NativeApi('Deletion')
@Controller('projects/:project/ml')
export class PermanentDeletionController {
  constructor(private readonly deletion: PermanentDeletion) {}

  @Delete('candidates/:iid/permanently')
  @Requires('project:maintain')
  @Operation('Delete a candidate for good', { answer: DeletionAnswer, status: 202, description })
  candidate(@CurrentAccess() { project, principal }: Access, @Param('iid') iid: string): Promise<DeletionAnswer> {
    return this.deletion.deleteCandidate(project.id, asCandidateIid(readIid(iid, 'candidate')), principal.name);
  }

  @Delete('experiments/:iid/permanently')
  @Requires('project:maintain')
  @Operation('Delete an experiment with all that is in it for good', {
    answer: DeletionAnswer,
    status: 202,
    description,
  })
  experiment(@CurrentAccess() { project, principal }: Access, @Param('iid') iid: string): Promise<DeletionAnswer> {
    return this.deletion.deleteExperiment(project.id, asExperimentIid(readIid(iid, 'experiment')), principal.name);
  }
}
