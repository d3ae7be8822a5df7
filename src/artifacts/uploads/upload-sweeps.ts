import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { UploadSweeper } from './upload-sweeper';
import { UploadsRepository } from './uploads.repository';

/** Milliseconds from one sweep of a process to its next; of several processes one sweeps at a time. */
const interval = 600_000;

/** Sweeps from time to time while the server runs. */
@Injectable()
export class UploadSweeps implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Artifacts');
  private timer: NodeJS.Timeout | undefined;
  private current: Promise<void> = Promise.resolve();

  constructor(
    private readonly sweeper: UploadSweeper,
    private readonly uploads: UploadsRepository,
  ) {}

  /** Processes that start together do not sweep together. */
  onApplicationBootstrap(): void {
    this.timer = setTimeout(() => {
      this.begin();
      this.timer = setInterval(() => {
        this.begin();
      }, interval).unref();
    }, Math.random() * interval).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearTimeout(this.timer);
    await this.current;
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
