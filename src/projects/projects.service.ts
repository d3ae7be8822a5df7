import { Inject, Injectable } from '@nestjs/common';
import { Principals, type ForgeAccess } from '../access';
import { Addresses, AssayError, notFound, type ProjectId } from '../common';
import { Forge, type ForgeProject } from '../forge';
import { Audit } from './audit';
import type { Project, SettingsPatch } from './project';
import { ProjectsDirectory } from './projects.directory';
import { ProjectsRepository } from './projects.repository';
import { applyPatch } from './settings';

/** Prepares a feature for a project that is being enabled; may run again for the same project. */
export type EnabledListener = (project: ProjectId) => Promise<void>;

/** An enabled project, and what did not work although enabling did: one sentence each. */
export interface Enabling {
  readonly project: Project;
  readonly warnings: readonly string[];
}

type Hook = { readonly id: string } | { readonly warning: string };

/** Enabling, disabling and settings. */
@Injectable()
export class ProjectsService {
  private readonly listeners: EnabledListener[] = [];

  constructor(
    private readonly rows: ProjectsRepository,
    private readonly directory: ProjectsDirectory,
    private readonly audit: Audit,
    private readonly principals: Principals,
    private readonly addresses: Addresses,
    @Inject(Forge) private readonly forge: Forge,
  ) {}

  /** The listener runs while a project is being enabled, before anybody may use it; when it fails, so does enabling. */
  onEnabled(listener: EnabledListener): void {
    this.listeners.push(listener);
  }

  /** Enables the project, or again; the caller was checked to be a maintainer. */
  async enable({ principal, project }: Pick<ForgeAccess, 'principal' | 'project'>): Promise<Enabling> {
    const secret = await this.rows.prepare(project, principal.name);
    for (const prepare of this.listeners) await prepare(project.id);
    const hook = await this.registerWebhook(project, secret);
    const webhookId = 'id' in hook ? hook.id : null;
    await this.rows.transaction(async (within) => {
      const changed = await this.rows.enable(project, principal.name, webhookId, within);
      const event = { action: 'project.enable', actor: principal.name, details: { path: project.path } };
      if (changed) await this.audit.record(project.id, event, within);
    });
    this.directory.forget();
    return { project: await this.get(project.id), warnings: 'warning' in hook ? [hook.warning] : [] };
  }

  /** Nothing of the project can be reached afterwards; its data stay. Disabled already is no error. */
  async disable(project: ProjectId, actor: string): Promise<void> {
    const before = await this.rows.find({ id: project });
    await this.rows.transaction(async (within) => {
      const changed = await this.rows.disable(project, within);
      if (changed) await this.audit.record(project, { action: 'project.disable', actor }, within);
    });
    this.directory.forget();
    this.principals.drop(project);
    if (before?.webhookId !== undefined) await this.removeWebhook(project, before.webhookId);
  }

  /** @throws AssayError `not-found` when it is not enabled */
  async get(project: ProjectId): Promise<Project> {
    const found = await this.find(project);
    if (found === undefined) throw notFound('Experiments are not enabled on this project.');
    return found;
  }

  /** Undefined when it is not enabled. */
  async find(project: ProjectId): Promise<Project | undefined> {
    const found = await this.rows.find({ id: project });
    return found?.enabled === true ? found : undefined;
  }

  /** All of the server's, for work that nobody asked for. */
  enabledProjects(): Promise<Project[]> {
    return this.rows.enabled();
  }

  /** @throws AssayError `not-found` when it is not enabled, `invalid` for a setting that breaks its limit */
  async updateSettings(project: ProjectId, actor: string, patch: SettingsPatch): Promise<Project> {
    await this.rows.transaction(async (within) => {
      const settings = await this.rows.settings(project, within);
      if (settings === undefined) throw notFound('Experiments are not enabled on this project.');
      await this.rows.saveSettings(project, applyPatch(settings, patch), within);
      await this.audit.record(project, { action: 'project.settings', actor, details: { ...patch } }, within);
    });
    return this.get(project);
  }

  private async registerWebhook(project: ForgeProject, secret: string): Promise<Hook> {
    try {
      const url = this.addresses.webhook(this.forge.name, project.id);
      return { id: await this.forge.registerWebhook(project, url, secret) };
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
      const then = 'Merge requests are still followed, but later; enable again to try once more.';
      return { warning: `The forge's webhook could not be registered: ${error.message} ${then}` };
    }
  }

  /** Best effort: one that stays is refused when it calls. */
  private async removeWebhook(project: ProjectId, webhookId: string): Promise<void> {
    try {
      const found = await this.forge.project({ id: project });
      if (found !== undefined) await this.forge.removeWebhook(found, webhookId);
    } catch (error) {
      if (!(error instanceof AssayError)) throw error;
    }
  }
}
