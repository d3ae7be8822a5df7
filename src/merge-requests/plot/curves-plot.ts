import { html, type Html } from '../../common';
import { plainText } from '../markdown/markdown-escape';
import { area, colours, frame, placeX, placeY, type Axes } from './frame';
import { rangeOf, ticks } from './ticks';

/** One line of a plot. */
export interface Curve {
  readonly name: string;
  readonly points: readonly { readonly step: number; readonly value: number }[];
}

/** Curves that one plot can tell apart. */
export const curvesShown = 10;

const dashes = ['', '7 3', '2 3'] as const;

/** A metric over its steps, a line for each candidate; undefined when no curve has two points. */
export function curvesPlot(metric: string, curves: readonly Curve[], id = 'plot-curves'): Html | undefined {
  const drawn = curves.filter(({ points }) => finitePoints(points).length > 1).slice(0, curvesShown);
  if (drawn.length === 0) return undefined;
  const all = drawn.flatMap(({ points }) => finitePoints(points));
  const steps = all.map(({ step }) => step);
  const [low, high] = [Math.min(...steps), Math.max(...steps)];
  const axes: Axes = {
    x: { low, high: high > low ? high : low + 1, label: 'step', ticks: ticks(low, high).filter(Number.isInteger) },
    y: { ...rangeOf(all.map(({ value }) => value)), label: metric },
  };
  const names = drawn.map(({ name }) => plainText(name)).join(', ');
  const text = { id, title: `${metric} by step`, description: `Curves of ${names}.` };
  return frame(
    axes,
    text,
    [...drawn.map((curve, index) => drawCurve(axes, curve, index)), ...legend(drawn)],
    legendHeight(drawn),
  );
}

function finitePoints(points: Curve['points']): Curve['points'] {
  return points.filter(({ value }) => Number.isFinite(value));
}

function drawCurve(axes: Axes, { name, points }: Curve, index: number): Html {
  const path = finitePoints(points).map(({ step, value }) => `${placeX(axes, step)},${placeY(axes, value)}`);
  return html`<polyline points="${path.join(' ')}" fill="none" ${look(index)}><title>${plainText(name)}</title></polyline>`;
}

function look(index: number): Html {
  return html`stroke="${colours[index % colours.length]}" stroke-width="2" stroke-dasharray="${dashes[Math.floor(index / 4) % 3]}"`;
}

function legendHeight(curves: readonly Curve[]): number {
  return curves.length > 1 ? Math.ceil(curves.length / 2) * 18 + 6 : 0;
}

function legend(curves: readonly Curve[]): Html[] {
  if (curves.length < 2) return [];
  return curves.map(({ name }, index) => {
    const x = area.left + (index % 2) * 255;
    const y = area.height + Math.floor(index / 2) * 18 + 8;
    return html`<g><line x1="${x}" y1="${y}" x2="${x + 26}" y2="${y}" ${look(index)}/><text x="${x + 33}" y="${y + 4}">${plainText(name, 30)}</text></g>`;
  });
}
