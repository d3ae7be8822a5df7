import type { ForgeProject, MergeRequest } from '../forge';
import { succeeded } from './answers';
import { Commits, Pull, Pulls } from './gitea.schema';
import type { GiteaServerCalls } from './server';

/** Pages of 50: what one question may cost. Beyond it the longest untouched pull requests are not found by branch or commit. */
const pagesOfPulls = 10;
const pagesOfCommits = 5;
const pullsAskedForCommits = 100;

/** Leaves out what is dear to compute and not read. */
const plainCommits = 'stat=false&verification=false&files=false';

function toMergeRequest(project: ForgeProject, pull: Pull): MergeRequest {
  return {
    iid: pull.number,
    title: pull.title,
    state: pull.merged ? 'merged' : pull.state,
    webUrl: pull.html_url,
    author: pull.user?.login ?? '',
    source: { branch: pull.head.ref, sha: pull.head.sha, sameProject: pull.head.repo_id === project.id },
    target: { branch: pull.base.ref, sha: pull.base.sha },
    ...(pull.merge_base === '' ? {} : { mergeBase: pull.merge_base }),
  };
}

/** Pull requests and commits, as the server's own token sees them. */
export class GiteaPulls {
  constructor(private readonly server: GiteaServerCalls) {}

  /** See `Forge.mergeRequest`. */
  async get(project: ForgeProject, iid: number): Promise<MergeRequest | undefined> {
    const address = await this.server.addressOf(project);
    const pull = await this.server.find(`${address}/pulls/${iid}`, Pull, 'read pull requests');
    return pull === undefined ? undefined : toMergeRequest(project, pull);
  }

  /** See `Forge.mergeRequestsOfBranch`. */
  async ofBranch(project: ForgeProject, branch: string): Promise<MergeRequest[]> {
    const pulls = await this.open(await this.server.addressOf(project));
    const found = pulls.filter(({ head }) => head.ref === branch && head.repo_id === project.id);
    return found.map((pull) => toMergeRequest(project, pull));
  }

  /** See `Forge.mergeRequestsOfCommit`. */
  async ofCommit(project: ForgeProject, sha: string): Promise<MergeRequest[]> {
    const address = await this.server.addressOf(project);
    if (!(await this.commitExists(address, sha))) return [];
    const found: MergeRequest[] = [];
    for (const [index, pull] of (await this.open(address)).entries()) {
      const isHead = pull.head.sha === sha;
      if (isHead || (index < pullsAskedForCommits && (await this.contains(address, pull.number, sha)))) {
        found.push(toMergeRequest(project, pull));
      }
    }
    return found;
  }

  /** See `Forge.commits`. The list of an unknown branch is a 500. */
  async commits(project: ForgeProject, branchOrSha: string, limit: number): Promise<string[]> {
    const address = await this.server.addressOf(project);
    if (!(await this.commitExists(address, branchOrSha)) && !(await this.branchExists(address, branchOrSha))) return [];
    const path = `${address}/commits?sha=${encodeURIComponent(branchOrSha)}&${plainCommits}`;
    const shas: string[] = [];
    for await (const { sha } of this.server.list(path, Commits, 'read commits', limit)) {
      if (shas.push(sha) >= limit) break;
    }
    return shas.slice(0, limit);
  }

  /** Whether the repository at the address has this commit, on whichever branch. */
  async commitExists(address: string, sha: string): Promise<boolean> {
    if (!/^[0-9a-f]{40}([0-9a-f]{24})?$/.test(sha)) return false;
    return succeeded(await this.server.call('GET', `${address}/git/commits/${sha}?${plainCommits}`));
  }

  private async branchExists(address: string, branch: string): Promise<boolean> {
    return succeeded(await this.server.call('GET', `${address}/branches/${encodeURIComponent(branch)}`));
  }

  private open(address: string): Promise<Pull[]> {
    return this.server.all(`${address}/pulls?state=open&sort=recentupdate`, Pulls, 'read pull requests', pagesOfPulls);
  }

  private async contains(address: string, iid: number, sha: string): Promise<boolean> {
    const path = `${address}/pulls/${iid}/commits?${plainCommits}`;
    for await (const commit of this.server.list(path, Commits, 'read commits', pagesOfCommits)) {
      if (commit.sha === sha) return true;
    }
    return false;
  }
}
