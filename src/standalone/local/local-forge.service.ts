import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  Addresses,
  Forge,
  LocalForgeAdmin,
  notFound,
  parseIid,
  asProjectId,
  ProjectsService,
  type ForgeProject,
  type ProjectRef,
  type Role,
} from '../../index';
import { serverSecrets, type Secrets } from '../data/secrets';
import type {
  CreatedProject,
  LocalMergeRequestAnswer,
  LocalProjectAnswer,
  LocalUserAnswer,
  MemberAnswer,
  ProjectTokenAnswer,
  PushAnswer,
  UserTokenAnswer,
} from './local-forge.answers';
import type {
  NewMergeRequestDto,
  NewProjectDto,
  NewProjectTokenDto,
  NewUserTokenDto,
  PushDto,
} from './local-forge.dto';

/** As other forges' addresses do: digits are an id, the rest is a path; a bare name stands for `root/name`. */
function refOf(project: string): ProjectRef {
  const id = parseIid(project);
  if (id !== undefined) return { id: asProjectId(id) };
  return { path: project.includes('/') ? project : `root/${project}` };
}

/** The local forge's management as the HTTP interface and the command line show it, with Assay enabled on what is made. */
@Injectable()
export class LocalForgeService implements OnModuleInit {
  constructor(
    private readonly admin: LocalForgeAdmin,
    @Inject(Forge) private readonly forge: Forge,
    private readonly enabling: ProjectsService,
    private readonly addresses: Addresses,
    @Inject(serverSecrets) private readonly secrets: Secrets,
  ) {}

  async onModuleInit(): Promise<void> {
    await this.admin.ensureAdminToken(this.secrets.adminToken);
  }

  async createProject({
    path,
    visibility,
    default_branch: defaultBranch,
    owner,
  }: NewProjectDto): Promise<CreatedProject> {
    const made = await this.admin.createProject(path, {
      ...(visibility && { visibility }),
      ...(defaultBranch && { defaultBranch }),
      ...(owner && { owner }),
    });
    const project = await this.find(String(made.id));
    await this.enabling.enable({ principal: { name: owner ?? 'root', role: 'maintain' }, project });
    const token = await this.admin.createProjectToken({ id: project.id }, 'write', { name: 'first' });
    return {
      project: project.path,
      project_id: project.id,
      tracking_uri: this.addresses.trackingUri(project.id),
      token: token.secret,
    };
  }

  projects(): Promise<LocalProjectAnswer[]> {
    return this.admin.projects();
  }

  createUser(username: string): Promise<LocalUserAnswer> {
    return this.admin.createUser(username);
  }

  async createToken(
    username: string,
    { name, scopes, expires_at: expiresAt }: NewUserTokenDto,
  ): Promise<UserTokenAnswer> {
    const options = { name, ...(scopes && { scopes }), ...(expiresAt && { expiresAt: new Date(expiresAt) }) };
    const { id, secret } = await this.admin.createToken(username, options);
    return { id, username, token: secret };
  }

  async createProjectToken(project: string, { name, role }: NewProjectTokenDto): Promise<ProjectTokenAnswer> {
    const { id, secret } = await this.admin.createProjectToken(refOf(project), role, { name });
    return { id, token: secret };
  }

  revokeToken(id: number): Promise<void> {
    return this.admin.revokeToken(id);
  }

  members(project: string): Promise<MemberAnswer[]> {
    return this.admin.members(refOf(project));
  }

  setMember(project: string, username: string, role: Role): Promise<void> {
    return this.admin.addMember(refOf(project), username, role);
  }

  removeMember(project: string, username: string): Promise<void> {
    return this.admin.removeMember(refOf(project), username);
  }

  async push(project: string, { branch, sha }: PushDto): Promise<PushAnswer> {
    const pushed = await this.admin.pushCommit(refOf(project), branch, sha === undefined ? {} : { sha });
    return { branch: pushed.name, sha: pushed.sha };
  }

  async createMergeRequest(project: string, body: NewMergeRequestDto): Promise<LocalMergeRequestAnswer> {
    const { title, source_branch: source, target_branch: target, author } = body;
    const made = await this.admin.createMergeRequest(refOf(project), {
      title,
      source,
      ...(target && { target }),
      ...(author && { author }),
    });
    return this.mergeRequest(project, made.iid);
  }

  async mergeRequest(project: string, iid: number): Promise<LocalMergeRequestAnswer> {
    const found = await this.find(project);
    const request = await this.forge.mergeRequest(found, iid);
    if (request === undefined) throw notFound(`There is no merge request ${String(iid)} in ${found.path}.`);
    const [comments, statuses] = await Promise.all([
      this.admin.comments({ id: found.id }, iid),
      this.admin.statuses({ id: found.id }, request.source.sha),
    ]);
    return {
      iid,
      title: request.title,
      state: request.state,
      source_branch: request.source.branch,
      target_branch: request.target.branch,
      source_sha: request.source.sha,
      target_sha: request.target.sha,
      comments,
      statuses,
    };
  }

  async endMergeRequest(project: string, iid: number, state: 'closed' | 'merged'): Promise<void> {
    if (state === 'closed') await this.admin.closeMergeRequest(refOf(project), iid);
    else await this.admin.mergeMergeRequest(refOf(project), iid);
  }

  private async find(project: string): Promise<ForgeProject> {
    const found = await this.forge.project(refOf(project));
    if (found === undefined) throw notFound(`There is no project ${project}.`);
    return found;
  }
}
