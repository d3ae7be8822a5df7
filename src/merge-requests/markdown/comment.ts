import { createHash } from 'node:crypto';
import { headlineMarkdown } from '../report/headline-text';
import { formatTime, shortSha } from '../report/numbers';
import type { MergeRequestReport } from '../report/report';
import type { ReportLinks } from '../report/report-links';
import { codeSpan, linkTarget } from './markdown-escape';
import { bestSection, metricsTable } from './comment-best';
import { candidatesSection, differencesSection } from './comment-folded';
import { baselineNotice, unsetNotice } from './comment-notices';

/** How long a comment may be, and when it is written. */
export interface CommentFrame {
  readonly limit: number;
  readonly now: Date;
}

/** A comment as it is sent. */
export interface RenderedComment {
  readonly body: string;
  /** Of all but the time, so that an unchanged report is not sent again. */
  readonly hash: string;
}

/** What every comment of ours on this merge request contains, whatever its head. */
export function commentMarker(project: number, mergeRequest: number): string {
  return `<!-- assay:report v=1 project=${String(project)} mr=${String(mergeRequest)} id=default `;
}

/** The report as the comment on the merge request: verdict first, the table small, the rest folded, cut to the forge's limit. */
export function renderComment(report: MergeRequestReport, links: ReportLinks, frame: CommentFrame): RenderedComment {
  const { project, mergeRequest } = report;
  const { head } = mergeRequest;
  const marker = `${commentMarker(project.id, mergeRequest.iid)}head=${/^[0-9a-f]+$/.test(head) ? head : 'unknown'} -->`;
  const top = [marker, `### ${headlineMarkdown(report.headline)}`, ...closedNotice(report)];
  const end = footer(report, links, frame.now);
  const room = frame.limit - end.length - 80;
  const timeless = [...top, ...sections(report, links, new Date(0))].join('\n\n');
  return {
    body: [...fit(top, sections(report, links, frame.now), room, links), end].join('\n\n'),
    hash: createHash('sha256').update(timeless).digest('hex'),
  };
}

function sections(report: MergeRequestReport, links: ReportLinks, now: Date): string[] {
  return [
    unsetNotice(report, links),
    metricsTable(report),
    bestSection(report, links),
    candidatesSection(report, links),
    differencesSection(report),
    baselineNotice(report, links, now),
  ].filter((section) => section !== '');
}

function closedNotice({ mergeRequest: { state } }: MergeRequestReport): string[] {
  return state === 'open' ? [] : [`> This merge request is ${state}: closed, no further updates.`];
}

function fit(top: readonly string[], rest: readonly string[], room: number, links: ReportLinks): string[] {
  const kept = [...top];
  let used = top.join('\n\n').length;
  for (const [index, section] of rest.entries()) {
    used += section.length + 2;
    if (used > room) return [...kept, `${rest.length - index} more in the [full report](${linkTarget(links.page)}).`];
    kept.push(section);
  }
  return kept;
}

function footer({ mergeRequest }: MergeRequestReport, links: ReportLinks, now: Date): string {
  const commit = codeSpan(shortSha(mergeRequest.head));
  return `<sub>Updated ${formatTime(now)} for ${commit} · [Full report](${linkTarget(links.page)})</sub>`;
}
