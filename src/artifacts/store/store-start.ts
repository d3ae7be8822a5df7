import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ArtifactStore } from './artifact-store';

/** Makes the store ready when the server starts (leftovers go, the bucket comes); one that is down then does not keep the server from starting. */
@Injectable()
export class StoreStart implements OnApplicationBootstrap {
  private readonly logger = new Logger('Artifacts');

  constructor(@Inject(ArtifactStore) private readonly store: ArtifactStore) {}

  onApplicationBootstrap(): void {
    this.store.check().catch((error: unknown) => {
      this.logger.warn((error as Error).message);
    });
  }
}
