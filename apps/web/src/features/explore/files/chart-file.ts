const PROPERTIES = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "opacity",
  "paint-order",
  "font-size",
  "font-weight",
];
const HEAD = 48;
const LINE = 20;
const SCALE = 2;

/** The chart as a picture of its own: with a title, period and filters above it, and the names of its series below. */
export function drawSvg(
  svg: SVGSVGElement,
  texts: { title: string; subtitle: string; series: { name: string; colour: string }[] },
): string {
  const { width, height } = svg.getBoundingClientRect();
  const copy = svg.cloneNode(true) as SVGSVGElement;
  // Colours and fonts come from style sheets, which a file does not have.
  const originals = [svg, ...svg.querySelectorAll<SVGElement>("*")];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
  for (const [index, element] of copies.entries()) {
    const style = getComputedStyle(originals[index] as Element);
    for (const name of PROPERTIES) element.setAttribute(name, style.getPropertyValue(name));
    element.removeAttribute("class");
    element.removeAttribute("style");
  }
  copy.setAttribute("y", String(HEAD));
  const page = getComputedStyle(document.documentElement);
  const [ink, ground] = [toRgb(page.getPropertyValue("--ink")), toRgb(page.getPropertyValue("--surface"))];
  const toXml = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
  const legend = texts.series.map(
    ({ name, colour }, index) =>
      `<g transform="translate(16 ${HEAD + height + 12 + index * LINE})"><rect width="10" height="10" rx="3" fill="${toRgb(colour)}"/><text x="18" y="9" fill="${ink}" font-size="12">${toXml(name)}</text></g>`,
  );
  const total = HEAD + height + 16 + texts.series.length * LINE;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${total}" viewBox="0 0 ${width} ${total}" font-family="Inter, Helvetica, Arial, sans-serif"><rect width="100%" height="100%" fill="${ground}"/><text x="16" y="22" fill="${ink}" font-size="14" font-weight="600">${toXml(texts.title)}</text><text x="16" y="40" fill="${ink}" font-size="12">${toXml(texts.subtitle)}</text>${new XMLSerializer().serializeToString(copy)}${legend.join("")}</svg>`;
}

/** A colour of the page as other programs read it. */
function toRgb(colour: string): string {
  const probe = document.createElement("span");
  probe.style.color = colour;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (!context) return color;
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}

/** A picture of twice the size. @throws Error if the browser cannot draw it */
export async function drawPng(svg: string): Promise<Blob> {
  const image = new Image();
  await new Promise((resolve, reject) => {
    image.onload = resolve;
    image.onerror = () => reject(new Error("the chart could not be drawn"));
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  });
  const canvas = document.createElement("canvas");
  canvas.width = image.width * SCALE;
  canvas.height = image.height * SCALE;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return await new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the chart could not be drawn"))), "image/png"),
  );
}

export function download(content: Blob | string, { name, type }: { name: string; type: string }): void {
  const url = URL.createObjectURL(typeof content === "string" ? new Blob([content], { type }) : content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
