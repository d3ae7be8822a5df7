export { parseFilter, parseOrderBy } from './order-by';
export { CandidateSearch, maximalPage, type CandidatePage } from './search';
