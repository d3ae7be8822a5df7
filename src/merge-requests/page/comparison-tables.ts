import { html, type Html } from '../../common';
import { formatChange, formatValue } from '../report/numbers';
import type { MergeRequestReport, MetricComparison } from '../report/report';

const rowsShown = 200;

/** Every metric of the best candidate beside the baseline's. */
export function comparisonTable({ comparisons, mergeRequest, baseline }: MergeRequestReport): Html {
  const base = baseline === undefined ? 'Baseline' : `Baseline ${mergeRequest.targetBranch}`;
  return html`<div class="scroll" tabindex="0"><table><caption>Metrics, latest values</caption>
<thead><tr><th scope="col">Metric</th><th scope="col" class="number">Candidate</th><th scope="col" class="number">${base}</th><th scope="col" class="number">Change</th></tr></thead>
<tbody>${comparisons.slice(0, rowsShown).map(comparisonRow)}</tbody></table></div>${cut(comparisons.length, 'metrics')}`;
}

function comparisonRow({ name, value, baseline, verdict }: MetricComparison): Html {
  const change = value === undefined || baseline === undefined ? '–' : formatChange(value, baseline);
  const label = verdict === undefined ? '' : ` ${verdict}`;
  return html`<tr><th scope="row">${name}</th><td class="number">${shown(value)}</td><td class="number">${shown(
    baseline,
  )}</td><td class="number">${change}${label}</td></tr>`;
}

/** The params that are not the baseline's. */
export function differencesTable({ differences, baseline }: MergeRequestReport): Html | undefined {
  if (baseline === undefined || differences.length === 0) return undefined;
  return html`<div class="scroll" tabindex="0"><table><caption>Parameters that differ from the baseline</caption>
<thead><tr><th scope="col">Parameter</th><th scope="col">Candidate</th><th scope="col">Baseline</th></tr></thead>
<tbody>${differences
    .slice(0, rowsShown)
    .map(
      ({ name, value, baseline: base }) =>
        html`<tr><th scope="row">${name}</th><td>${value ?? '–'}</td><td>${base ?? '–'}</td></tr>`,
    )}</tbody></table></div>${cut(differences.length, 'parameters')}`;
}

function cut(count: number, what: string): Html | undefined {
  return count > rowsShown
    ? html`<p class="soft">${count - rowsShown} more ${what} are on the candidate's page.</p>`
    : undefined;
}

function shown(value: number | undefined): string {
  return value === undefined ? '–' : formatValue(value);
}
