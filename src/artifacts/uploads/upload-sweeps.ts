import { setTimeout as sleep } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ArtifactsOptions } from '../artifacts.options';
import { UploadSweeper } from './upload-sweeper';
import { UploadsRepository } from './uploads.repository';

/** Milliseconds for which the server's end waits for a sweep; one that is broken off is done again by the next. */
const patience = 5_000;

/** Sweeps from time to time while the server runs; of several processes one at a time. */
@Injectable()
export class UploadSweeps implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Artifacts');
  private timer: NodeJS.Timeout | undefined;
  private current: Promise<void> = Promise.resolve();

  constructor(
    @Inject(ArtifactsOptions) private readonly options: Pick<ArtifactsOptions, 'sweepInterval'>,
    private readonly sweeper: UploadSweeper,
    private readonly uploads: UploadsRepository,
  ) {}

  /** Processes that start together do not sweep together. */
  onApplicationBootstrap(): void {
    const { sweepInterval: interval } = this.options;
    this.timer = setTimeout(() => {
      this.begin();
      this.timer = setInterval(() => {
        this.begin();
      }, interval).unref();
    }, Math.random() * interval).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await Promise.race([this.current, sleep(patience, undefined, { ref: false })]);
  }

  private begin(): void {
    this.current = this.sweep();
  }

  private async sweep(): Promise<void> {
    try {
      await this.uploads.alone(async () => {
        const { uploads, bytes } = await this.sweeper.sweep();
        if (uploads > 0) this.log.log(`Uploads that nobody completed: ${uploads} ended, ${bytes} bytes freed.`);
      });
    } catch (error) {
      this.log.warn(`Unfinished uploads could not be swept: ${(error as Error).message}`);
    }
  }
}
