function words(text: string): readonly string[] {
  return text.trim().split(/\s+/);
}

/** What a candidate may be like. */
export const adjectives = words(`
  able agile airy amber ample ancient apt autumn azure balmy bold brave breezy brief bright brisk bronze calm candid
  careful cheerful clear clever cobalt cool copper coral cosy crimson crisp curious dapper daring deep deft distant dusky
  eager early earnest easy even fabled fair faithful fearless fine firm fleet fond frank free fresh frosty gentle gilded
  glad golden grand green happy hardy hazy hidden honest humble icy indigo ivory jade jolly keen kind lively lofty loyal
  lucid lucky lunar mellow merry mild misty modest mossy neat nimble noble olive opal patient pearly placid plucky polite
  prime proud quick quiet rapid rare ready robust rosy rustic scarlet serene sharp shiny silent silver sleek smooth snowy
  solar solid spry stately steady still stout sunny sure swift teal tender tidy tranquil trusty upbeat velvet vivid warm
  wary wild windy wise witty zesty
`);

/** What a candidate may be called. */
export const nouns = words(`
  acorn alder anchor anvil aspen aurora badger basalt bay beacon beaver birch bison bloom boulder breeze brook canyon
  cedar chisel cliff cloud clover comet condor copse coral cove crane creek crucible curlew dale dawn delta dolphin dove
  drift dune eagle elm ember falcon fern finch fjord flint forest fossil fox galaxy garnet geyser glacier glade granite
  grove gull harbor hare harvest hawk hazel heath heron hill hollow ibis ingot iris island jasper juniper kestrel kiln
  lagoon lake lantern lark larch laurel lichen lily linden lynx magpie maple marble marsh meadow mesa meteor mica moon
  moor moss moth nebula nettle nugget oak oasis ocean ore orchard orchid osprey otter owl pearl pebble pelican pine
  plateau plover pond poplar prairie puffin quarry quartz quill rain raven reed reef ridge river robin rowan sage salmon
  scale sequoia shale shore slate snipe sparrow spring spruce star stone stork stream summit swallow swan thicket thistle
  tide topaz trout tundra valley violet walnut warbler wave willow wren yarrow zephyr
`);
