import type { Addresses } from './addresses';
import { html, type Html } from './html';
import { pageStyleVersion } from './page-style';

/** What our pages may load and do: their own stylesheet and forms, nothing inline, no script, no frame. */
export const pagePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/** Sent with every page. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': pagePolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'Cache-Control': 'private, no-store',
};

/** The pages of a project that its header links to. */
type Section = 'experiments' | 'settings';

/** One page. */
export interface PageContent {
  readonly addresses: Addresses;
  /** Plain text; the browser's tab adds the project's path. */
  readonly title: string;
  /** Everything below the page's header; it brings its own h1. */
  readonly body: Html;
  /** The full path of the project that the page is about; it brings the links to the project's other pages. */
  readonly project?: string;
  readonly section?: Section;
  /** Shows the button to sign out. */
  readonly signedIn?: boolean;
}

function root(addresses: Addresses): string {
  return new URL(addresses.publicUrl).pathname.replace(/\/$/, '');
}

/** A page of a project as a link within this server, so that it works under every name that the server is reached by. */
export function pagePath(addresses: Addresses, project: string, page: string): string {
  return root(addresses) + addresses.page(project, page).slice(addresses.publicUrl.length);
}

/** A page that belongs to no project, such as `sign_in`. */
export function serverPagePath(addresses: Addresses, page: string): string {
  return `${root(addresses)}/-/ml/${page}`;
}

const sections: readonly { readonly name: Section; readonly label: string }[] = [
  { name: 'experiments', label: 'Experiments' },
  { name: 'settings', label: 'Settings' },
];

function navigation({ addresses, section }: PageContent, project: string): Html {
  const links = sections.map(({ name, label }) => {
    const current = name === section && html` aria-current="page"`;
    return html`<a href="${pagePath(addresses, project, name)}"${current}>${label}</a> `;
  });
  return html`<nav aria-label="Project">${links}</nav>`;
}

function brand(content: PageContent): Html {
  const { addresses, project } = content;
  if (project === undefined) return html`<span class="brand">Assay</span>`;
  const home = pagePath(addresses, project, 'experiments');
  return html`<a class="brand" href="${home}">${project} <span>experiments</span></a>${navigation(content, project)}`;
}

function signOut({ addresses }: PageContent): Html {
  const action = serverPagePath(addresses, 'sign_out');
  return html`<form method="post" action="${action}"><button class="plain small">Sign out</button></form>`;
}

/** A whole page: the frame that all our pages share, around the body. */
export function page(content: PageContent): Html {
  const { addresses, title, body, project, signedIn } = content;
  const style = `${serverPagePath(addresses, 'assets/assay.css')}?v=${pageStyleVersion}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}${project !== undefined && ` · ${project}`} · Assay</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${style}">
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top"><div>${brand(content)}${signedIn === true && signOut(content)}</div></header>
<main id="content">
${body}
</main>
</body>
</html>
`;
}

/** How a state looks: never by its colour alone. */
export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'quiet';

const icons: Readonly<Record<Tone, string>> = { good: '✓', bad: '✕', warn: '!', info: '●', quiet: '–' };

/** A short state with its sign, such as "✓ finished". */
export function badge(tone: Tone, text: string): Html {
  return html`<span class="badge ${tone}"><span aria-hidden="true">${icons[tone]}</span>${text}</span>`;
}

/** A paragraph that stands out. */
export function note(tone: Tone, body: Html): Html {
  return html`<div class="note ${tone}"${tone === 'bad' && html` role="alert"`}>${body}</div>`;
}
