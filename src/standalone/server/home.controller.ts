import { Controller, Get } from '@nestjs/common';
import { Addresses, html, HtmlPages, page, Requires, type Html } from '../../index';

/** The page at the server's own address, where nothing else is. */
@HtmlPages()
@Controller()
export class HomeController {
  constructor(private readonly addresses: Addresses) {}

  @Get()
  @Requires('public')
  home(): Html {
    return page({
      addresses: this.addresses,
      title: 'Assay',
      body: html`<h1>Assay</h1>
        <p>
          The experiments of a project stand at <code>/&lt;namespace&gt;/&lt;project&gt;/-/ml/experiments</code>, its settings at
          <code>/&lt;namespace&gt;/&lt;project&gt;/-/ml/settings</code>.
        </p>`,
    });
  }
}
