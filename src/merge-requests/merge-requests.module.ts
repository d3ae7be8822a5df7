import { Module } from '@nestjs/common';
import { CandidatesModule } from '../candidates';
import { LinksRepository } from './links/links.repository';
import { Linker } from './links/linker.service';
import { Refresher } from './links/refresher.service';
import { Sweeper } from './links/sweeper.service';
import { MergeRequestJobs } from './merge-request-jobs';
import { MergeRequestsController } from './merge-requests.controller';
import { MergeRequestsService } from './merge-requests.service';
import { MergeRequestsRepository } from './publishing/merge-requests.repository';
import { Publisher } from './publishing/publisher.service';
import { JobQueue } from './queue/job-queue';
import { QueueWorker } from './queue/queue-worker';
import { MergeRequestPurge } from './purge/merge-request-purge';
import { MetricCurves } from './report/metric-curves';
import { ReportRepository } from './report/report.repository';
import { ReportService } from './report/report.service';

/** Merge requests: which candidates belong to them, and what the forge is told about it. */
@Module({
  imports: [CandidatesModule],
  controllers: [MergeRequestsController],
  providers: [
    MetricCurves,
    JobQueue,
    Linker,
    LinksRepository,
    MergeRequestJobs,
    MergeRequestPurge,
    MergeRequestsRepository,
    MergeRequestsService,
    Publisher,
    QueueWorker,
    Refresher,
    ReportRepository,
    ReportService,
    Sweeper,
  ],
  exports: [MergeRequestPurge, MetricCurves, MergeRequestsService],
})
export class MergeRequestsModule {}
