import type { Forge, ForgeProject, MergeRequest } from '../../forge';
import { hintsOf } from './hints';
import type { Hint, LinkableCandidate, MergeRequestLink } from './link';

/** How many commits of a merge request's branch are looked at to place a candidate's commit. */
const commitsLookedAt = 100;

/** The links of one candidate, and the merge requests as the forge just told them. */
export interface FoundLinks {
  readonly links: readonly MergeRequestLink[];
  readonly mergeRequests: readonly MergeRequest[];
}

/** Asks the forge where candidates belong, each question once; lives as long as one job. */
export class LinkFinder {
  private readonly answers = new Map<string, Promise<MergeRequest[]>>();
  private readonly histories = new Map<string, Promise<ReadonlySet<string>>>();

  constructor(
    private readonly forge: Forge,
    private readonly project: ForgeProject,
  ) {}

  /** The strongest hint that leads to a merge request of this project decides; a claimed number that does not exist leads nowhere. */
  async find(candidate: LinkableCandidate): Promise<FoundLinks> {
    for (const hint of hintsOf(candidate)) {
      const mergeRequests = await this.mergeRequestsOf(hint);
      if (mergeRequests.length > 0) {
        const links = await Promise.all(mergeRequests.map((found) => this.link(candidate, hint, found)));
        return { links, mergeRequests };
      }
    }
    return { links: [], mergeRequests: [] };
  }

  private mergeRequestsOf(hint: Hint): Promise<MergeRequest[]> {
    const byNumber = hint.source !== 'commit' && hint.source !== 'branch';
    return remember(this.answers, `${byNumber ? 'iid' : hint.source} ${hint.value}`, () => this.ask(hint));
  }

  private async ask({ source, value }: Hint): Promise<MergeRequest[]> {
    if (source === 'commit') return this.forge.mergeRequestsOfCommit(this.project, value);
    if (source === 'branch') return this.forge.mergeRequestsOfBranch(this.project, value);
    const found = await this.forge.mergeRequest(this.project, Number(value));
    return found === undefined ? [] : [found];
  }

  private async link(
    { iid, commit }: LinkableCandidate,
    hint: Hint,
    { iid: mergeRequest, source }: MergeRequest,
  ): Promise<MergeRequestLink> {
    const known = commit !== undefined && (hint.source === 'branch' || (await this.contains(source.sha, commit)));
    const head = known ? commit : source.sha;
    return { mergeRequest, candidate: iid, hint, proven: hint.source === 'token', head, headKnown: known };
  }

  private async contains(head: string, commit: string): Promise<boolean> {
    if (head === commit) return true;
    const history = remember(this.histories, head, async () => {
      return new Set(await this.forge.commits(this.project, head, commitsLookedAt));
    });
    return (await history).has(commit);
  }
}

function remember<Value>(answers: Map<string, Promise<Value>>, key: string, ask: () => Promise<Value>): Promise<Value> {
  const answer = answers.get(key) ?? ask();
  answers.set(key, answer);
  return answer;
}
