import { Inject, Injectable } from '@nestjs/common';
import { asProjectId, AssayError, notFound, parseIid, readBody, type HttpRequest, type ProjectId } from '../common';
import { Forge, type WebhookRequest } from '../forge';
import { ForgeEvents } from './forge-events';
import { ProjectsRepository } from './projects.repository';

/** In bytes; a push of many commits is long. */
const bodyLimit = 8 * 1024 * 1024;

function flat(headers: HttpRequest['headers']): WebhookRequest['headers'] {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
  );
}

/** The one answer to calls that we cannot trust, so that nobody learns which projects are enabled. */
function untrusted(): AssayError {
  return new AssayError('unauthenticated', "The webhook's signature does not fit any enabled project.");
}

/** Checks what claims to come from the forge. */
@Injectable()
export class WebhooksService {
  constructor(
    @Inject(Forge) private readonly forge: Forge,
    private readonly rows: ProjectsRepository,
    private readonly events: ForgeEvents,
  ) {}

  /**
   * @param claimed the project's id in the address, for calls that do not say it themselves
   * @throws AssayError `unauthenticated` unless it is signed with the secret of an enabled project
   */
  async receive(forge: string, claimed: string, request: HttpRequest): Promise<void> {
    if (forge !== this.forge.name) throw notFound(`This server's forge is "${this.forge.name}".`);
    const call = { headers: flat(request.headers), body: await readBody(request, bodyLimit) };
    const project = this.forge.webhookProject(call) ?? this.idOf(claimed);
    const secret = project === undefined ? undefined : await this.rows.webhookSecret(project);
    if (project === undefined || secret === undefined) throw untrusted();
    const event = this.forge.readWebhook(call, secret);
    if (event !== undefined && event.project !== project) throw untrusted();
    this.events.receive(project, event);
  }

  private idOf(claimed: string): ProjectId | undefined {
    const id = parseIid(claimed);
    return id === undefined ? undefined : asProjectId(id);
  }
}
