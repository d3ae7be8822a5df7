import { invalid, type CandidateIid, type ProjectId } from '../../common';
import type { Queryable } from '../../database';
import type { CandidateQuery } from '../requests';
import { CandidateSearch } from '../search';

/** Which candidates, and in which order. */
export type Selection = Omit<CandidateQuery, 'limit' | 'pageToken'>;

/** Candidates of one page of the search; a page costs the search's time once more. */
const pageSize = 10_000;

/**
 * The numbers of all candidates of a selection, in its order, eight bytes each.
 * @param stopped is asked between pages, and ends the work
 * @throws AssayError `invalid` for a filter or order that is wrong, and when there are more than `most`
 */
export async function selectCandidates(
  snapshot: Queryable,
  project: ProjectId,
  selection: Selection,
  { most, stopped }: { most: number; stopped: AbortSignal },
): Promise<CandidateIid[]> {
  const search = new CandidateSearch(snapshot);
  const found: CandidateIid[] = [];
  let pageToken = '';
  do {
    stopped.throwIfAborted();
    const page = await search.page(project, { ...selection, limit: pageSize, pageToken });
    for (const iid of page.iids) found.push(iid);
    if (found.length > most) {
      throw invalid(
        `The selection has more than ${most} candidates, which is the most of one export; narrow it by experiment or filter`,
        'filter',
      );
    }
    pageToken = page.nextPageToken ?? '';
  } while (pageToken !== '');
  return found;
}

/** So many at a time, in their order. */
export function* chunksOf<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
