import type { LatestMetric } from '../../candidates';
import { html, type Html } from '../../common';
import { curvesPlot, formatValue, type Curve } from '../../merge-requests';
import { clientTime } from '../labels';

/** Every metric's latest value, and the curves of those that have one. */
export function metricsCard(metrics: readonly LatestMetric[], curves: ReadonlyMap<string, Curve>): Html {
  if (metrics.length === 0) {
    return html`<section class="card"><h2>Metrics</h2><p class="soft">No metrics were logged.</p></section>`;
  }
  const plots = [...curves].flatMap(([name, curve], index) => {
    const plot = curvesPlot(name, [curve], `plot-metric-${index}`);
    return plot === undefined ? [] : [html`<figure class="card"><figcaption>${name}</figcaption>${plot}</figure>`];
  });
  return html`<section class="card"><h2>Metrics</h2><div class="scroll" tabindex="0"><table><caption>Latest values</caption>
<thead><tr><th scope="col">Name</th><th scope="col" class="number">Value</th><th scope="col" class="number">Step</th><th scope="col">Time</th></tr></thead>
<tbody>${metrics.map(
    ({ name, value, step, trackedAt }) =>
      html`<tr><th scope="row">${name}</th><td class="number">${formatValue(value)}</td><td class="number">${step}</td><td>${clientTime(
        trackedAt,
      )}</td></tr>`,
  )}</tbody></table></div></section>
${plots.length > 0 && html`<div class="grid">${plots}</div>`}
${metrics.length > curves.size && plots.length > 0 && html`<p class="soft">Only the first ${curves.size} metrics are drawn.</p>`}`;
}
