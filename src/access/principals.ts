import { createHash } from 'node:crypto';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { AssayError, type ProjectId } from '../common';
import { Forge, type Credential, type ForgeProject, type ProjectAccess, type ProjectRef } from '../forge';
import { accessDefaults, AccessOptions } from './access-options';
import { principalCaches, principalLookups } from './monitoring';
import { ProjectDirectory } from './project-directory';

/** The forge's answer about one credential and project, as we keep it. */
type Answer =
  | { readonly kind: 'access'; readonly access: ProjectAccess; mayWrite?: Promise<boolean> }
  | { readonly kind: 'invisible' }
  | { readonly kind: 'refused'; readonly message: string };

/** The SHA-256 of a secret: what we keep and compare in its place. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

function keyOf(project: ProjectRef, credential: Credential | undefined): string {
  const ref = 'id' in project ? `#${String(project.id)}` : project.path;
  return credential === undefined ? ref : `${ref} ${credential.kind} ${hashOf(credential.secret).toString('base64')}`;
}

/**
 * Remembers for a short time what the forge said, so that it is asked once per credential and project however many requests
 * come (single flight). Its failures are not remembered, and nothing outlives its time when it is down.
 */
@Injectable()
export class Principals implements OnModuleInit, OnApplicationShutdown {
  private readonly answers: LRUCache<string, Answer>;
  private readonly asking = new Map<string, Promise<Answer>>();
  private readonly refusalTtl: number;
  private generation = 0;
  private unwatch: (() => void) | undefined;

  constructor(
    @Inject(Forge) private readonly forge: Forge,
    @Inject(ProjectDirectory) private readonly directory: ProjectDirectory,
    @Inject(AccessOptions) options: AccessOptions,
  ) {
    this.refusalTtl = options.refusalTtl ?? accessDefaults.refusalTtl;
    this.answers = new LRUCache({
      max: options.principalLimit ?? accessDefaults.principalLimit,
      ttl: options.principalTtl ?? accessDefaults.principalTtl,
      ttlResolution: 0,
      perf: { now: options.now ?? accessDefaults.now },
    });
  }

  onModuleInit(): void {
    this.unwatch = principalCaches.watch(this.answers);
  }

  onApplicationShutdown(): void {
    this.unwatch?.();
  }

  /**
   * As {@link Forge.access}, at most `principalTtl` old.
   * @throws AssayError `unauthenticated` when the forge refuses the credential, `unavailable` when it does not answer
   */
  async access(project: ProjectRef, credential: Credential | undefined): Promise<ProjectAccess | undefined> {
    const answer = await this.answer(project, credential);
    if (answer.kind === 'refused') throw new AssayError('unauthenticated', answer.message);
    return answer.kind === 'access' ? answer.access : undefined;
  }

  /** As {@link Forge.scopesAllowWriting}, asked once for as long as the access is remembered. */
  async mayWrite(project: ProjectRef, credential: Credential): Promise<boolean> {
    const answer = await this.answer(project, credential);
    if (answer.kind !== 'access') return false;
    answer.mayWrite ??= this.forge.scopesAllowWriting(answer.access.project, credential);
    try {
      return await answer.mayWrite;
    } catch (error) {
      delete answer.mayWrite;
      throw error;
    }
  }

  /** The project as the server's own token sees it, for holders of Assay's tokens. */
  async project(project: ProjectRef): Promise<ForgeProject | undefined> {
    return this.forge.project(project);
  }

  /** Forgets everything about a project, and whatever was not found: rights may have changed. */
  drop(project: ProjectId): void {
    this.forgetFlights();
    for (const [key, answer] of this.answers.entries()) {
      if (answer.kind !== 'access' || answer.access.project.id === project) this.answers.delete(key);
    }
  }

  /** Forgets everything. */
  clear(): void {
    this.forgetFlights();
    this.answers.clear();
  }

  /** Answers under way were asked before the change: their waiters get them, nobody after. */
  private forgetFlights(): void {
    this.generation += 1;
    this.asking.clear();
  }

  private answer(project: ProjectRef, credential: Credential | undefined): Answer | Promise<Answer> {
    const key = keyOf(project, credential);
    const known = this.answers.get(key);
    const asked = known ?? this.asking.get(key);
    principalLookups[known ? 'hit' : asked ? 'joined' : 'miss'] += 1;
    return asked ?? this.ask(key, project, credential);
  }

  private ask(key: string, project: ProjectRef, credential: Credential | undefined): Promise<Answer> {
    const { generation } = this;
    const flight = this.question(project, credential)
      .then((answer) => {
        if (generation === this.generation)
          this.answers.set(key, answer, answer.kind === 'access' ? {} : { ttl: this.refusalTtl });
        return answer;
      })
      .finally(() => {
        if (this.asking.get(key) === flight) this.asking.delete(key);
      });
    this.asking.set(key, flight);
    return flight;
  }

  private async question(project: ProjectRef, credential: Credential | undefined): Promise<Answer> {
    try {
      const access = await this.forge.access(project, credential);
      if (access === undefined) return { kind: 'invisible' };
      this.directory.saw(access.project);
      return { kind: 'access', access };
    } catch (error) {
      if (error instanceof AssayError && error.kind === 'unauthenticated')
        return { kind: 'refused', message: error.message };
      throw error;
    }
  }
}
