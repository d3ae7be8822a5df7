import { Module } from '@nestjs/common';
import { CandidatesModule } from '../../candidates';
import { MergeRequestsModule } from '../merge-requests.module';
import { MergeRequestPageController } from './merge-request-page.controller';
import { MergeRequestViews } from './merge-request.views';

/** The page of a merge request; it stands at the server's root. */
@Module({
  imports: [MergeRequestsModule, CandidatesModule],
  controllers: [MergeRequestPageController],
  providers: [MergeRequestViews],
})
export class MergeRequestsPagesModule {}
