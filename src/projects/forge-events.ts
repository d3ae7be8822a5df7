import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Subject, type Observable } from 'rxjs';
import { Principals } from '../access';
import type { ProjectId } from '../common';
import { Forge, LocalForge, type ForgeEvent } from '../forge';

/** What the forge tells of enabled projects, whichever way it came. */
@Injectable()
export class ForgeEvents implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly subject = new Subject<ForgeEvent>();
  private readonly logger = new Logger(ForgeEvents.name);
  private stopListening: (() => Promise<void>) | undefined;

  constructor(
    @Inject(Forge) private readonly forge: Forge,
    private readonly principals: Principals,
  ) {}

  /** Listeners must not throw. */
  get events(): Observable<ForgeEvent> {
    return this.subject.asObservable();
  }

  /** Rights may have changed, so they are asked anew; then the event, if it is one that we act upon, goes to its listeners. */
  receive(project: ProjectId, event: ForgeEvent | undefined): void {
    this.principals.drop(project);
    if (event !== undefined) this.subject.next(event);
  }

  /** The local forge sends no webhooks: it is listened to. */
  async onApplicationBootstrap(): Promise<void> {
    if (!(this.forge instanceof LocalForge)) return;
    try {
      this.stopListening = await this.forge.listen((event) => {
        this.receive(event.project, event);
      });
    } catch (error) {
      this.logger.warn(`Changes of the local forge are not heard: ${(error as Error).message}`);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.stopListening?.();
    this.subject.complete();
  }
}
