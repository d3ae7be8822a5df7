import type { Html } from '../../common';

const look =
  '<style>svg{color:#1b1f27;background:#fff}@media(prefers-color-scheme:dark){svg{color:#e7eaf0;background:#1c2027}}</style>';
const empty =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 60" width="720" height="60" role="img" fill="currentColor" font-family="system-ui, sans-serif" font-size="14">' +
  '<title>Nothing to plot yet</title><text x="20" y="36">Nothing to plot yet: no candidate reports the primary metric.</text></svg>';

/** The drawing as a file of its own, which brings its colours for light and dark. */
export function standaloneSvg(drawing: Html | undefined): string {
  return (drawing?.markup ?? empty).replace(/^(<svg[^>]*>)/, `$1${look}`);
}

/** Sent with the file: it may show itself and do nothing else. */
export const svgPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
