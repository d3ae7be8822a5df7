import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { EnabledProject, ProjectDirectory, TokenHolder } from '../access';
import type { ProjectId } from '../common';
import { Forge, type ForgeProject, type ProjectRef } from '../forge';
import type { Project } from './project';
import { type FoundToken, ProjectTokensRepository } from './project-tokens.repository';
import { ProjectsRepository } from './projects.repository';

/** How long a row serves before it is read again: the longest that another process's change takes to arrive. */
const freshness = 5_000;
const limit = 10_000;
const minute = 60_000;

type Kept<Value> = LRUCache<string, Promise<Value | undefined>>;

function keyOf(ref: ProjectRef): string {
  return 'id' in ref ? `#${String(ref.id)}` : ref.path.toLowerCase();
}

function enabledOnly(project: Project | undefined): EnabledProject | undefined {
  if (project?.enabled !== true) return undefined;
  const { id, path, defaultBranch, visibility, archived } = project;
  return { id, path, defaultBranch, visibility, archived };
}

interface HeldToken extends TokenHolder {
  readonly expires: number;
}

function toHolder(found: FoundToken): HeldToken {
  const { project_id: id, path, default_branch: defaultBranch, visibility, archived } = found;
  return {
    project: { id, path, defaultBranch, visibility, archived },
    tokenId: found.token_id,
    tokenName: found.name,
    role: found.role,
    expires: found.expires_at?.getTime() ?? Number.POSITIVE_INFINITY,
  };
}

/** Answers access's questions about projects from memory, so that a busy client costs no query. */
@Injectable()
export class ProjectsDirectory implements ProjectDirectory, OnApplicationShutdown {
  private readonly projects: Kept<EnabledProject> = new LRUCache({ max: limit, ttl: freshness });
  private readonly tokens: Kept<HeldToken> = new LRUCache({ max: limit, ttl: freshness });
  /** What was done within the last minute and need not be done again: a token's use noted, a project's description written or asked. */
  private readonly done = new LRUCache<string, string>({ max: limit, ttl: minute });
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    private readonly rows: ProjectsRepository,
    private readonly tokenRows: ProjectTokensRepository,
    @Inject(Forge) private readonly forge: Forge,
  ) {}

  findEnabled(project: ProjectRef): Promise<EnabledProject | undefined> {
    return this.keep(this.projects, keyOf(project), async () => enabledOnly(await this.rows.find(project)));
  }

  async findToken(project: ProjectRef, hash: Buffer): Promise<TokenHolder | undefined> {
    const found = await this.keep(this.tokens, `${keyOf(project)} ${hash.toString('base64')}`, async () => {
      const row = await this.tokenRows.find(project, hash);
      return row && toHolder(row);
    });
    if (found === undefined || found.expires <= Date.now()) return undefined;
    this.used(found);
    return found;
  }

  saw(project: ForgeProject): void {
    const { id, path, defaultBranch, visibility, archived } = project;
    this.once(`saw ${String(id)}`, JSON.stringify([path, defaultBranch, visibility, archived]), async () => {
      if (await this.rows.describe(project)) this.forget();
    });
  }

  /** Forgets what is kept, after a change here; other processes find out within `freshness`. */
  forget(): void {
    this.projects.clear();
    this.tokens.clear();
  }

  /** Waits for what goes on behind the requests' backs. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** Notes the token's use, and asks the forge how its project is called now: both at most once a minute. */
  private used({ project: { id }, tokenId }: TokenHolder): void {
    this.once(`used ${tokenId}`, '', () => this.tokenRows.touch(id, tokenId));
    this.once(`asked ${String(id)}`, '', () => this.ask(id));
  }

  private async ask(id: ProjectId): Promise<void> {
    const project = await this.forge.project({ id });
    if (project !== undefined) this.saw(project);
  }

  /** Does it in the background unless it was done with the same content within the last minute; a failure is tried again at the next occasion. */
  private once(what: string, content: string, work: () => Promise<void>): void {
    if (this.done.get(what) === content) return;
    this.done.set(what, content);
    const doing = work()
      .catch(() => {
        this.done.delete(what);
      })
      .finally(() => this.underWay.delete(doing));
    this.underWay.add(doing);
  }

  /** One query for however many requests ask at once; "no" is not kept, so that enabling shows at once. */
  private keep<Value>(
    kept: Kept<Value>,
    key: string,
    look: () => Promise<Value | undefined>,
  ): Promise<Value | undefined> {
    const held = kept.get(key);
    if (held !== undefined) return held;
    const looking = look();
    kept.set(key, looking);
    const drop = (): void => {
      if (kept.peek(key) === looking) kept.delete(key);
    };
    looking.then((value) => {
      if (value === undefined) drop();
    }, drop);
    return looking;
  }
}
