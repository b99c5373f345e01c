// Searches the index under s/ in the browser. Parts come as scripts, since only those open from a folder on a disk:
// each calls S(name, data). Nothing is stemmed here: the index tells the stems of each printed word.
(() => {
  'use strict';
  const $ = id => document.getElementById(id), PAGE = 10, parts = {}, waiting = {}, utf8 = new TextDecoder();
  let about, firsts, masks, shown = [], limit = PAGE, turn = 0;
  const say = words => { $('status').textContent = words; };
  const make = (tag, text, more) => Object.assign(document.createElement(tag), text === undefined ? {} : { textContent: text }, more);

  const unpack = data => Uint8Array.from(atob(data), c => c.charCodeAt(0));
  const inflate = async (blobs, form = 'deflate') => {
    const stream = new Blob(blobs).stream().pipeThrough(new DecompressionStream(form));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  };
  window.S = (name, data) => waiting[name] && waiting[name](data);
  // A part that does not come is asked for again when somebody tries again.
  const fetched = name => parts[name] ||= new Promise((done, fail) => {
    waiting[name] = done;
    const tag = make('script', undefined, { src: `s/${name}.js`, async: true });
    tag.onerror = () => { delete parts[name]; tag.remove(); fail(new Error(name)); };
    document.head.append(tag);
  }).then(unpack);
  const load = async name => inflate([await fetched(name)]);
  // The paragraphs' words all go on from the same words: those stand before them, and are cut off again.
  const loadText = async name => {
    const both = await Promise.all([fetched('d'), fetched(name)]);
    return (await inflate(both, 'deflate-raw')).subarray(about.begin);
  };
  const numbers = bytes => {
    const out = [];
    for (let n = 0, at = 0, shift = 1; at < bytes.length; at++) {
      n += (bytes[at] & 127) * shift;
      if (bytes[at] & 128) shift *= 128; else { out.push(n); n = 0; shift = 1; }
    }
    return out;
  };
  const split = bytes => {
    const end = bytes.indexOf(10), head = JSON.parse(utf8.decode(bytes.subarray(0, end)));
    head.body = bytes.subarray(end + 1);
    let at = 0;
    head.at = head.l.map(length => (at += length) - length);
    return head;
  };
  const heads = {};
  const head = name => heads[name] ||= load(name).then(split, e => { delete heads[name]; throw e; });
  const last = (list, value) => { // the last entry that is not greater
    let low = 0, high = list.length;
    while (low < high) { const mid = (low + high) >> 1; if (list[mid] <= value) low = mid + 1; else high = mid; }
    return Math.max(low - 1, 0);
  };
  // Strings in the order of Python: by code point.
  const order = (a, b) => { const x = [...a], y = [...b]; for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return x[i].codePointAt(0) - y[i].codePointAt(0); return x.length - y.length; };
  const shardOf = word => { let at = 0; while (at + 1 < about.first.length && order(about.first[at + 1], word) <= 0) at++; return at; };

  const fold = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const words = text => fold(text).match(/[\p{L}\p{N}\p{Co}]+/gu) || [];
  const terms = query => {
    const found = [];
    for (const m of query.replace(/[“”„]/g, '"').matchAll(/"([^"]*)(?:"(\*?)|$)|([^\s"]+)/g)) {
      const list = words(m[1] ?? m[3]);
      if (list.length) found.push({ list, star: !!m[2] || (m[3] || '').endsWith('*') });
    }
    return found;
  };
  const refs = async (word, prefix) => {
    const from = shardOf(word), to = prefix ? shardOf(word + '\u{10ffff}') : from, out = new Set();
    for (let at = from; at <= to; at++) {
      const h = await head('w' + at);
      const hits = prefix ? Object.keys(h.w).filter(w => w.startsWith(word)) : Object.hasOwn(h.w, word) ? [word] : [];
      for (const hit of hits) for (const ref of h.w[hit]) out.add(typeof ref === 'number' ? `${at}.${ref}` : ref);
    }
    return [...out];
  };
  const slice = (h, i) => h.body.subarray(h.at[i], h.at[i] + h.l[i]);
  const weights = [.5, .9, 1.3, 1.8];
  const posting = async (list, places) => { // paragraph -> weight, or -> places
    const all = new Map();
    for (const ref of list) {
      const [at, i] = ref.split('.').map(Number), h = await head('w' + at);
      const gaps = numbers(slice(h, i)), total = masks.count;
      const idf = Math.log(1 + (total - h.n[i] + .5) / (h.n[i] + .5));
      const where = places && numbers(slice(await head('p' + at), i));
      let p = 0, q = 0;
      for (const gap of gaps) {
        p += gap >> 2;
        if (!places) { all.set(p, Math.max(all.get(p) || 0, idf * weights[gap & 3])); continue; }
        const set = all.get(p) || new Set();
        for (let n = where[q++], o = 0; n > 0; n--) set.add(o += where[q++]);
        all.set(p, set);
      }
    }
    return all;
  };
  const match = async (term, prefix) => {
    const lists = [];
    for (const [i, word] of term.list.entries()) lists.push(await refs(word, (prefix || term.star) && i === term.list.length - 1));
    const missing = term.list.filter((_, i) => !lists[i].length);
    if (missing.length) return { missing, hits: new Map() };
    const scored = await Promise.all(lists.map(list => posting(list)));
    let hits = scored[0];
    for (const more of scored.slice(1)) hits = new Map([...hits].filter(([p]) => more.has(p)).map(([p, w]) => [p, w + more.get(p)]));
    if (term.list.length > 1) {
      const at = await Promise.all(lists.map(list => posting(list, true)));
      hits = new Map([...hits].filter(([p]) => [...at[0].get(p)].some(o => at.every((one, i) => one.get(p).has(o + i)))));
    }
    return { missing: [], hits };
  };
  const find = async query => {
    const list = terms(query), notes = [];
    if (!list.length) return null;
    let found = await Promise.all(list.map(term => match(term)));
    const end = list.length - 1;
    if (found[end].missing.length && !found.slice(0, end).some(f => f.missing.length)) {
      const wider = await match(list[end], true);
      if (!wider.missing.length) { found[end] = wider; notes.push(`“${list[end].list.at(-1)}” stands nowhere: words that begin with it were searched.`); }
    }
    const missing = found.flatMap(f => f.missing);
    if (missing.length) notes.push(`${missing.map(w => `“${w}”`).join(', ')} ${missing.length > 1 ? 'stand' : 'stands'} nowhere.`);
    let hits = found[0].hits;
    for (const more of found.slice(1)) hits = new Map([...hits].filter(([p]) => more.hits.has(p)).map(([p, w]) => [p, w + more.hits.get(p)]));
    return { hits: [...hits], notes };
  };

  // "2387 para 43 d ii", "OP 5 of 1325", "S/RES/1325 pp 7"
  const citation = query => {
    const bare = query.toLowerCase().replace(/s\/res\/|unscr?|scr|resolution|security council|\bres\b\.?|\bof\b|\(\d{4}\)/g, ' ');
    const tokens = bare.match(/[a-z]+|\d+/g) || [];
    const at = tokens.findIndex(t => /^\d{3,4}$/.test(t) && byNumber[t]);
    if (at < 0) return null;
    const rest = tokens.filter((_, i) => i !== at).filter(t => !/^(para|paras|paragraph|paragraphs|op|operative)$/.test(t));
    const pp = /^(pp|preambular)$/.test(rest[0]);
    if (pp) rest.shift();
    if (!/^\d{1,3}$/.test(rest[0] || '') || rest.slice(1).some(t => t.length > 5)) return null;
    return { doc: byNumber[tokens[at]], place: `${pp ? 'pp' : 'op'}-${rest.join('-')}` };
  };
  const byNumber = {};

  const textOf = async p => {
    const shard = about.ends.findIndex(end => p < end);
    const lines = await (texts[shard] ||= loadText('t' + shard).then(b => JSON.parse(utf8.decode(b)), e => { delete texts[shard]; throw e; }));
    return lines[p - (shard ? about.ends[shard - 1] : 0)];
  };
  const texts = {};
  const docOf = p => last(firsts, p);

  const FACETS = {
    t: ['Theme', () => about.themes, p => { const m = masks.get(p) || 0; return about.themes.flatMap((_, i) => m >> i & 1 ? [i] : []); }],
    k: ['Kind', () => about.kinds, p => [about.docs[docOf(p)][3]]],
    y: ['Year', () => years, p => [years.indexOf(about.docs[docOf(p)][2].slice(0, 4))]],
    s: ['Situation', () => about.situations, p => [about.docs[docOf(p)][4]]],
    l: ['Language', () => about.languages, p => [about.docs[docOf(p)][5]]],
    w: ['', () => ['Only women, peace and security'], p => masks.has(p) ? [0] : []],
  };
  let years;
  const state = () => new URLSearchParams(location.hash.slice(1));
  const chosen = s => Object.fromEntries(Object.keys(FACETS).map(k => [k, s.getAll(k).map(v => FACETS[k][1]().indexOf(v)).filter(i => i >= 0)]));
  const fits = (p, picked, but) => Object.keys(FACETS).every(k => k === but || !picked[k].length || FACETS[k][2](p).some(i => picked[k].includes(i)));
  const go = s => { const next = '#' + s; if (location.hash === next) run(); else location.hash = next; };

  const marked = (text, list) => {
    const tokens = [...text.matchAll(/[\p{L}\p{N}\p{M}\p{Co}]+/gu)];
    const stem = w => { const f = fold(w); return list.some(t => f === t || (t.length > 3 && f.startsWith(t.slice(0, Math.max(4, t.length - 3))))); };
    const hit = tokens.filter(m => stem(m[0]));
    const from = Math.max(0, (hit[0] ? hit[0].index : 0) - 120), start = from ? text.indexOf(' ', from) + 1 : 0;
    const end = text.length - start < 420 ? text.length : text.lastIndexOf(' ', start + 400);
    const out = document.createDocumentFragment();
    let at = start;
    if (start) out.append('… ');
    for (const m of hit) if (m.index >= at && m.index < end) { out.append(text.slice(at, m.index), make('mark', m[0])); at = m.index + m[0].length; }
    out.append(text.slice(at, Math.max(at, end)), end < text.length ? ' …' : '');
    return out;
  };
  const day = iso => iso && new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const item = (p, line, list) => {
    const doc = about.docs[docOf(p)], mask = masks.get(p) || 0, li = make('li', undefined, { className: mask ? 'wps' : '' });
    const h = make('h2'), lang = about.languages[doc[5]];
    h.append(make('a', `${doc[1]}, ${line[0]}`, { href: `${doc[0]}#${line[1]}` }));
    const meta = make('p', [day(doc[2]), lang === 'en' ? '' : lang, ...about.themes.filter((_, i) => mask >> i & 1)].filter(Boolean).join(' · '), { className: 'meta ui' });
    const words = make('p', undefined, { lang, dir: lang === 'ar' ? 'rtl' : 'ltr' });
    words.append(marked(line[2], list));
    li.append(h, meta, words);
    return li;
  };
  const facets = (hits, picked, s) => {
    const box = $('facets'), open = new Set([...box.querySelectorAll('details[open]')].map(d => d.dataset.k)), focus = document.activeElement && document.activeElement.dataset && document.activeElement.dataset.f;
    box.replaceChildren();
    for (const [k, [name, values, of]] of Object.entries(FACETS)) {
      const counts = new Map();
      for (const [p] of hits) if (fits(p, picked, k)) for (const i of of(p)) if (i >= 0) counts.set(i, (counts.get(i) || 0) + 1);
      let rows = [...counts].filter(([i]) => i >= 0);
      for (const i of picked[k]) if (!counts.has(i)) rows.push([i, 0]);
      rows.sort((a, b) => k === 'y' ? b[0] - a[0] : b[1] - a[1] || a[0] - b[0]);
      if (!rows.length || (k === 'l' && rows.length < 2)) continue;
      const set = make('fieldset');
      set.append(make('legend', name || 'Content', { className: 'vh' }));
      for (const [i, count] of rows) {
        const label = make('label'), value = values()[i], tick = make('input', undefined, { type: 'checkbox', checked: picked[k].includes(i) });
        tick.dataset.f = k + i;
        tick.onchange = () => { const rest = s.getAll(k).filter(v => v !== value); s.delete(k); for (const v of tick.checked ? [...rest, value] : rest) s.append(k, v); go(s); };
        label.append(tick, make('span', value), make('span', String(count), { className: 'c' }));
        set.append(label);
      }
      if (!name) { box.prepend(set); continue; }
      const fold = make('details', undefined, { open: open.size ? open.has(k) : k === 't' && innerWidth > 1023 });
      fold.dataset.k = k;
      if (picked[k].length) fold.open = true;
      fold.append(make('summary', name), set);
      box.append(fold);
    }
    const again = focus && box.querySelector(`[data-f="${focus}"]`);
    if (again) again.focus();
  };
  const run = async () => {
    const mine = ++turn, s = state(), query = s.get('q') || '';
    $('q').value = query;
    document.title = document.title.replace(/^.*?Search/, query ? `${query}: Search` : 'Search');
    if (!query.trim()) { $('found').hidden = true; say(''); return; }
    say('Searching …');
    try {
      const found = await find(query), cited = citation(query);
      if (mine !== turn) return;
      const box = $('jumpto');
      box.replaceChildren();
      if (cited) {
        const from = firsts[cited.doc], to = from + about.docs[cited.doc][6];
        for (let p = from; p < to;) {
          const line = await textOf(p);
          if (line[1] === cited.place) { const list = make('ol', undefined, { className: 'hits' }); list.append(item(p, line, [])); box.append(list); break; }
          p++;
        }
      }
      const picked = chosen(s), all = found ? found.hits : [];
      shown = all.filter(([p]) => fits(p, picked));
      const newest = s.get('o') === 'new';
      shown.sort((a, b) => newest ? b[0] - a[0] : b[1] - a[1] || b[0] - a[0]);
      limit = PAGE;
      const count = shown.length;
      say([`${count.toLocaleString('en')} ${count === 1 ? 'paragraph' : 'paragraphs'}${all.length === count ? '' : ` of ${all.length.toLocaleString('en')}`}.`, ...(found ? found.notes : [])].join(' '));
      $('found').hidden = !all.length && !box.firstChild;
      facets(all, picked, s);
      const sort = $('sort');
      sort.replaceChildren();
      for (const [value, name] of [['', 'Best first'], ['new', 'Newest first']]) {
        const button = make('button', name, { type: 'button' });
        button.setAttribute('aria-pressed', String((value === 'new') === newest));
        button.onclick = () => { if (value) s.set('o', value); else s.delete('o'); go(s); };
        sort.append(button, ' ');
      }
      $('hits').replaceChildren();
      await more(mine, query);
    } catch (error) {
      if (mine !== turn) return;
      say(`A part of the index (${error.message}) could not be loaded. `);
      $('status').append(make('button', 'Try again', { type: 'button', onclick: run }));
    }
  };
  const more = async (mine, query) => {
    const list = terms(query).flatMap(t => t.list), from = $('hits').childElementCount;
    const items = await Promise.all(shown.slice(from, limit).map(async ([p]) => item(p, await textOf(p), list)));
    if (mine !== turn) return;
    $('hits').append(...items);
    $('more').hidden = limit >= shown.length;
  };
  $('more').onclick = () => { const at = limit; limit += PAGE; more(turn, state().get('q')).then(() => { const next = $('hits').children[at]; if (next) next.querySelector('a').focus(); }); };
  $('find').onsubmit = event => { event.preventDefault(); const s = state(); s.set('q', $('q').value); go(s); };
  addEventListener('hashchange', run);

  load('about').then(bytes => {
    about = JSON.parse(utf8.decode(bytes));
    let at = 0;
    firsts = about.docs.map(doc => (at += doc[6]) - doc[6]);
    masks = new Map();
    masks.count = at;
    const gaps = numbers(Uint8Array.from(atob(about.wps), c => c.charCodeAt(0)));
    for (let i = 0, p = 0; i < gaps.length; i += 2) masks.set(p += gaps[i], gaps[i + 1]);
    years = [...new Set(about.docs.map(doc => doc[2].slice(0, 4)))].filter(Boolean).sort();
    about.docs.forEach((doc, i) => { const m = /^Resolution (\d+)/.exec(doc[1]); if (m && about.languages[doc[5]] === 'en') byNumber[m[1]] = i; });
    const asked = new URLSearchParams(location.search).get('q');
    if (asked && !location.hash) location.replace('#' + new URLSearchParams({ q: asked })); else run();
  }, () => say('The index could not be loaded: s/about.js is not there.'));
})();
