// Makes land.txt and places.csv from the npm package world-atlas (Natural Earth, public domain), countries-110m.json and
// land-110m.json; run: node make.mjs FOLDER_OF_world-atlas. Equal Earth projection (Savric, Patterson, Jenny 2018), 1000 wide.
import { readFileSync, writeFileSync } from "node:fs";
const folder = process.argv[2];
const read = (name) => JSON.parse(readFileSync(`${folder}/${name}`));
const arcs = (topology) => topology.arcs.map((arc) => {
  let x = 0, y = 0;
  const { scale, translate } = topology.transform;
  return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
});
const rings = (all, geometry) => {
  const ring = (ids) => ids.flatMap((id, n) => {
    const arc = id >= 0 ? all[id] : [...all[~id]].reverse();
    return n ? arc.slice(1) : arc;
  });
  return (geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs).map((polygon) => polygon.map(ring));
};
const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796];
const project = ([lon, lat]) => {
  const l = Math.asin((Math.sqrt(3) / 2) * Math.sin((lat * Math.PI) / 180)), l2 = l * l, l6 = l2 * l2 * l2;
  const x = ((lon * Math.PI) / 180) * Math.cos(l) / ((Math.sqrt(3) / 2) * (A1 + 3 * A2 * l2 + l6 * (7 * A3 + 9 * A4 * l2)));
  const y = l * (A1 + A2 * l2 + l6 * (A3 + A4 * l2));
  // Greenwich in the middle; 1000 wide from edge to edge; the north of Greenland at the top.
  return [500 + x * (1000 / 5.41326), 243 - y * (1000 / 5.41326)];
};
const round = (v) => Math.round(v);
const area = (ring) => ring.reduce((sum, [x, y], n) => { const [a, b] = ring[(n + 1) % ring.length]; return sum + x * b - a * y; }, 0) / 2;
// A point is kept where it lies further than `least` from the last one kept.
const thin = (ring, least) => {
  const kept = [];
  for (const p of ring) {
    const last = kept[kept.length - 1];
    if (!last || Math.hypot(p[0] - last[0], p[1] - last[1]) >= least) kept.push(p);
  }
  return kept;
};
// A ring over the antimeridian is one piece on each side of it.
const pieces = (ring) => {
  const runs = [[ring[0]]];
  for (let n = 1; n < ring.length; n++) {
    if (Math.abs(ring[n][0] - ring[n - 1][0]) > 180) runs.push([]);
    runs[runs.length - 1].push(ring[n]);
  }
  if (runs.length === 1) return runs;
  const side = (east) => runs.filter((run) => run[0][0] > 0 === east);
  const [first, ...rest] = runs[0][0][0] > 0 ? side(true) : side(false);
  return [[...rest.flat(), ...first], side(!(first[0][0] > 0)).flat()];
};
const land = read("land-110m.json");
const all = arcs(land);
let path = "";
for (const geometry of land.objects.land.geometries)
  for (const [outer] of rings(all, geometry)) {
    if (outer.every(([, lat]) => lat < -58)) continue; // nobody mines in Antarctica
    for (const piece of pieces(outer)) {
      const ring = thin(piece.map(project), 2);
      if (ring.length < 4 || Math.abs(area(ring)) < 8) continue;
      let [x, y] = ring[0].map(round);
      path += `M${x} ${y}l`;
      path += ring.slice(1).map((p) => { const [a, b] = p.map(round), step = `${a - x} ${b - y}`; [x, y] = [a, b]; return step; }).join(" ") + "z";
    }
  }
writeFileSync("land.txt", path + "\n");
// ISO 3166 numeric codes of the participants, by code.
const numeric = { AM: 51, AO: 24, AU: 36, BD: 50, BG: 100, BR: 76, BW: 72, BY: 112, CA: 124, CD: 180, CF: 140, CG: 178, CH: 756, CI: 384,
  CM: 120, CN: 156, GA: 266, GB: 826, GH: 288, GN: 324, GY: 328, HR: 191, HU: 348, ID: 360, IL: 376, IN: 356, JP: 392, KG: 417,
  KH: 116, KR: 410, KZ: 398, LA: 418, LB: 422, LK: 144, LR: 430, LS: 426, ML: 466, MX: 484, MY: 458, MZ: 508, NA: 516, NO: 578,
  NZ: 554, PA: 591, PL: 616, QA: 634, RO: 642, RU: 643, SI: 705, SL: 694, SZ: 748, TG: 768, TH: 764, TR: 792, TW: 158, TZ: 834,
  UA: 804, US: 840, UZ: 860, VE: 862, VN: 704, ZA: 710, ZW: 716, AE: 784 };
// Places that the coarse map does not hold, or where the middle of the largest area is not where one looks: longitude, latitude.
const given = { EU: [4.4, 50.8], SG: [103.8, 1.35], MU: [57.5, -20.2], RU: [100, 62], US: [-98, 39], CA: [-105, 58], ID: [113, -1], MY: [102.2, 4.0], NO: [9, 61], IL: [35, 31.5], LB: [35.9, 33.9] };
const countries = read("countries-110m.json");
const borders = arcs(countries);
let csv = "code,longitude,latitude,x,y\n";
for (const code of [...Object.keys(numeric), "EU", "SG", "MU"].sort()) {
  let place = given[code];
  if (!place) {
    const geometry = countries.objects.countries.geometries.find((g) => Number(g.id) === numeric[code]);
    if (!geometry) throw new Error(code);
    const ring = rings(borders, geometry).map(([outer]) => outer).sort((a, b) => Math.abs(area(b)) - Math.abs(area(a)))[0];
    const six = 6 * area(ring);
    const sum = (axis) => ring.reduce((s, p, n) => { const q = ring[(n + 1) % ring.length]; return s + (p[axis] + q[axis]) * (p[0] * q[1] - q[0] * p[1]); }, 0);
    place = [sum(0) / six, sum(1) / six];
  }
  const [x, y] = project(place);
  csv += `${code},${place[0].toFixed(2)},${place[1].toFixed(2)},${x.toFixed(1)},${y.toFixed(1)}\n`;
}
writeFileSync("places.csv", csv);
