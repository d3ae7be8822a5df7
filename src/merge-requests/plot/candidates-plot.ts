import { html, type Html } from '../../common';
import { plainText } from '../markdown/markdown-escape';
import { formatValue } from '../report/numbers';
import type { MergeRequestReport } from '../report/report';
import { area, colours, frame, placeX, placeY, type Axes } from './frame';
import { rangeOf, ticks } from './ticks';

/** Dots that one plot shows; the newest candidates are kept. */
const dotsShown = 300;

interface Dot {
  readonly iid: number;
  readonly name: string;
  readonly value: number;
  readonly atHead: boolean;
  readonly best: boolean;
}

/** The primary metric of every candidate, oldest to newest, against the baseline; undefined when there is nothing to draw. */
export function candidatesPlot(report: MergeRequestReport): Html | undefined {
  const { primary, baseline, mergeRequest } = report;
  const dots = dotsOf(report);
  if (primary === undefined || dots.length === 0) return undefined;
  const base = finite(baseline?.candidate.value);
  const axes = axesOf(dots, base, primary.name);
  const against =
    base === undefined ? 'no baseline' : `baseline ${formatValue(base)} on ${plainText(mergeRequest.targetBranch)}`;
  const best = dots.find((dot) => dot.best);
  return frame(
    axes,
    {
      id: 'plot-candidates',
      title: `${primary.name} of the candidates of !${String(mergeRequest.iid)}`,
      description:
        `${String(dots.length)} candidates, oldest to newest; ${against}` +
        (best === undefined ? '.' : `; best ${plainText(best.name)} with ${formatValue(best.value)}.`),
    },
    [...baselineLine(axes, base, mergeRequest.targetBranch), ...dots.map((dot, index) => drawDot(axes, dot, index))],
  );
}

function dotsOf({ candidates, best }: MergeRequestReport): Dot[] {
  return candidates
    .flatMap(({ iid, name, value, atHead }) => {
      const shown = finite(value);
      return shown === undefined ? [] : [{ iid, name, value: shown, atHead, best: iid === best?.candidate.iid }];
    })
    .sort((a, b) => a.iid - b.iid)
    .slice(-dotsShown);
}

function axesOf(dots: readonly Dot[], base: number | undefined, metric: string): Axes {
  const values = [...dots.map(({ value }) => value), ...(base === undefined ? [] : [base])];
  const places = ticks(1, Math.max(dots.length, 2)).filter((tick) => Number.isInteger(tick) && tick <= dots.length);
  return {
    x: {
      low: 0.5,
      high: dots.length + 0.5,
      label: 'candidates, oldest to newest',
      ticks: dots.length === 1 ? [1] : places,
    },
    y: { ...rangeOf(values), label: metric },
  };
}

function baselineLine(axes: Axes, base: number | undefined, branch: string): Html[] {
  if (base === undefined) return [];
  const y = placeY(axes, base);
  return [
    html`<line x1="${area.left}" y1="${y}" x2="${area.width - area.right}" y2="${y}" stroke="${colours[1]}" stroke-width="2" stroke-dasharray="6 4"/>`,
    html`<text x="${area.width - area.right - 4}" y="${y - 6}" text-anchor="end">baseline ${plainText(branch, 30)}: ${formatValue(base)}</text>`,
  ];
}

function drawDot(axes: Axes, { name, iid, value, atHead, best }: Dot, index: number): Html {
  const [x, y] = [placeX(axes, index + 1), placeY(axes, value)];
  const head = atHead ? '' : ', earlier head';
  return html`<g><title>${plainText(name)} (${iid}): ${formatValue(value)}${head}${best && ', best'}</title>${
    best && html`<circle cx="${x}" cy="${y}" r="9" fill="none" stroke="${colours[0]}" stroke-width="2"/>`
  }<circle cx="${x}" cy="${y}" r="5" stroke="${colours[0]}" stroke-width="2" fill="${atHead ? colours[0] : 'none'}"/></g>`;
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}
