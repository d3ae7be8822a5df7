import { ChoiceField, TextField, TextsField, WholeField } from './request-fields';

/** Live things, deleted ones, or both. */
export type View = 'active' | 'deleted' | 'all';

/** What a page of any list can be asked. */
export class PageQuery {
  @WholeField({ optional: true, min: 1, max: 1_000, description: 'How many a page has at most; 100 unless told.' })
  max_results?: number;

  @TextField({
    optional: true,
    description: 'The next_page_token of the page before; the first page when there is none.',
  })
  page_token?: string;
}

/** What a list of the native API can be asked; 100 items a page unless told. */
export class ListQuery extends PageQuery {
  @TextField({ optional: true, description: 'Which ones, in the search language.' })
  filter?: string;

  @TextsField({ optional: true, most: 20, description: 'In which order, such as `name ASC`; may be repeated.' })
  order_by?: string[];

  @ChoiceField({ optional: true, choices: ['active', 'deleted', 'all'], description: 'Live ones unless told.' })
  view?: View;
}

/** A list's query in the words of the services. */
export interface ListSelection {
  readonly filter?: string;
  readonly orderBy: readonly string[];
  readonly view: View;
  readonly limit: number;
  readonly pageToken?: string;
}

/** Fills in what a query leaves out. */
export function pageOf({ max_results, page_token }: PageQuery): {
  readonly limit: number;
  readonly pageToken?: string;
} {
  return { limit: max_results ?? 100, ...(page_token === undefined ? {} : { pageToken: page_token }) };
}

/** Fills in what a query leaves out. */
export function selectionOf(query: ListQuery): ListSelection {
  const { filter, order_by, view } = query;
  return {
    ...pageOf(query),
    orderBy: order_by ?? [],
    view: view ?? 'active',
    ...(filter === undefined ? {} : { filter }),
  };
}
