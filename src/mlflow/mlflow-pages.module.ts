import { Module } from '@nestjs/common';
import { CandidatesModule } from '../candidates';
import { RunPageController } from './browser/run-page.controller';

/** Where the links lead that the MLflow client prints; stands at the host's root. */
@Module({ imports: [CandidatesModule], controllers: [RunPageController] })
export class MlflowPagesModule {}
