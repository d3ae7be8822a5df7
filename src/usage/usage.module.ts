import { Module } from '@nestjs/common';
import { AccessModule } from '../access';
import { StorageWatch } from './metrics/storage-watch';
import { UsageController } from './usage.controller';
import { UsageRepository } from './usage.repository';
import { UsageService } from './usage.service';

/** Counts over all projects, for operators. */
@Module({
  imports: [AccessModule],
  controllers: [UsageController],
  providers: [StorageWatch, UsageRepository, UsageService],
})
export class UsageModule {}
