export { parseFilter, parseOrderBy } from './order-by';
export { CandidateSearch, maximalPage } from './search';
