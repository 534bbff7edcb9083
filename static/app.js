// What the pages do beyond HTML; every one of them works without this file. Chromium 88, no framework, nothing inline.
(function () {
  'use strict';

  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function on(event, selector, act) {
    document.addEventListener(event, function (e) {
      var hit = e.target.closest && e.target.closest(selector);
      if (hit) act(hit, e);
    });
  }
  function make(tag, className, text) {
    var node = document.createElement(tag);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  }

  // --- The phone's menu, and the choosers in the top bar ---------------------------------------------------------

  var nav = document.getElementById('nav');
  on('click', '.gc-menu', function (button) {
    button.setAttribute('aria-expanded', String(nav.classList.toggle('is-open')));
  });

  function closeChoosers(except) {
    all('details.gc-choose[open]').forEach(function (box) { if (box !== except) box.open = false; });
  }
  document.addEventListener('click', function (e) { closeChoosers(e.target.closest('details.gc-choose')); });
  document.addEventListener('keydown', function (e) {
    if (e.key !== 'Escape') return;
    var open = document.querySelector('details.gc-choose[open]');
    if (open) { open.open = false; open.querySelector('summary').focus(); return; }
    var menu = document.querySelector('.gc-menu[aria-expanded=true]');
    if (menu) { menu.click(); menu.focus(); }
  });

  // --- Small buttons ---------------------------------------------------------------------------------------------

  on('click', '[data-print]', function () { window.print(); });
  // Paper is counted too: which page is printed, and how many rows stand on it.
  window.addEventListener('beforeprint', function () {
    var form = document.getElementById('gc-printed');
    if (!form) return;
    var said = new FormData(form);
    said.append('rows', all('main tbody tr').length);
    fetch(form.action, { method: 'POST', body: said, credentials: 'same-origin', keepalive: true });
  });
  on('click', '[data-back]', function () { window.history.back(); });
  all('[data-back]').forEach(function (button) { button.hidden = window.history.length < 2; });
  on('click', '[data-copy]', function (button) {
    if (!navigator.clipboard) return;
    navigator.clipboard.writeText(button.dataset.copy).then(function () {
      if (button.dataset.copied) button.textContent = button.dataset.copied;
    });
  });
  all('[data-focus]').slice(0, 1).forEach(function (box) { box.focus(); });

  // Tick boxes: one ticks all of its page, and the tools say how many are ticked.
  function ticks(name, within) { return all('input[type=checkbox][name="' + name + '"]', within); }
  function countTicks(name, within) {
    var boxes = ticks(name, within), ticked = boxes.filter(function (b) { return b.checked; });
    all('[data-tick-all="' + name + '"]', within).forEach(function (box) {
      box.checked = boxes.length > 0 && ticked.length === boxes.length;
      box.indeterminate = ticked.length > 0 && ticked.length < boxes.length;
    });
    boxes.forEach(function (b) { var row = b.closest('tr'); if (row) row.classList.toggle('is-selected', b.checked); });
    all('[data-selection="' + name + '"]', within).forEach(function (tools) {
      tools.hidden = !ticked.length;
      all('[data-selection-count]', tools).forEach(function (place) { place.textContent = ticked.length; });
    });
  }
  on('change', 'input[type=checkbox]', function (box) {
    var within = box.closest('form') || document, name = box.dataset.tickAll;
    if (name) ticks(name, within).forEach(function (b) { b.checked = box.checked; });
    if (name || box.closest('tr')) countTicks(name || box.name, within);
  });
  all('[data-tick-all]').forEach(function (box) { countTicks(box.dataset.tickAll, box.closest('form') || document); });

  // --- What cannot be undone is asked once more, in its place -------------------------------------------------------

  on('submit', 'form[data-confirm]', function (form, e) {
    if (form.dataset.confirmed) return;
    e.preventDefault();
    var button = e.submitter || form.querySelector('[type=submit]');
    var box = make('div', 'gc-confirm'), yes = button.cloneNode(true), no = make('button', 'btn btn-default');
    box.setAttribute('role', 'alertdialog');
    box.setAttribute('aria-label', form.dataset.confirm);
    no.type = 'button';
    no.textContent = word('cancel');
    yes.hidden = false;
    if (form.dataset.confirmYes) yes.textContent = form.dataset.confirmYes;
    box.appendChild(make('span', '', form.dataset.confirm));
    box.appendChild(no);
    box.appendChild(yes);
    button.hidden = true;
    form.appendChild(box);
    no.focus();
    function leave() { box.remove(); button.hidden = false; button.focus(); }
    no.addEventListener('click', leave);
    box.addEventListener('keydown', function (k) { if (k.key === 'Escape') leave(); });
    yes.addEventListener('click', function () { form.dataset.confirmed = 'yes'; });
  });

  // The few words that this file says itself follow the language of the page.
  var WORDS = {
    zh: { cancel: '取消', tooBig: '太大，最多 ', table: '，数据见下面的表：', open: '（', close: '）', and: '、' },
    en: { cancel: 'Cancel', tooBig: 'is too large, at most ', table: ', the figures are in the table below: ', open: ' (', close: ')', and: ', ' }
  };
  function word(key) { return WORDS[document.documentElement.lang === 'en' ? 'en' : 'zh'][key]; }

  // --- Choosing a file: drop it, see its name and size --------------------------------------------------------------

  function size(bytes) {
    return bytes < 1048576 ? Math.max(1, Math.round(bytes / 1024)) + ' KB' : (bytes / 1048576).toFixed(1) + ' MB';
  }
  function showFiles(input) {
    var place = document.querySelector('[data-file-name="' + input.id + '"]');
    if (!place) return;
    place.textContent = Array.prototype.map.call(input.files, function (f) { return f.name + word('open') + size(f.size) + word('close'); }).join(word('and'));
    place.hidden = !input.files.length;
  }
  all('[data-drop] input[type=file]').forEach(function (input) {
    input.addEventListener('change', function () { showFiles(input); });
    showFiles(input);
  });
  ['dragenter', 'dragover'].forEach(function (name) {
    on(name, '[data-drop]', function (box, e) { e.preventDefault(); box.classList.add('is-over'); });
  });
  on('dragleave', '[data-drop]', function (box, e) { if (!box.contains(e.relatedTarget)) box.classList.remove('is-over'); });
  on('drop', '[data-drop]', function (box, e) {
    e.preventDefault();
    box.classList.remove('is-over');
    var input = box.querySelector('input[type=file]');
    if (!input || !e.dataTransfer.files.length) return;
    input.files = e.dataTransfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  on('change', '.gc-kind input[type=radio]', function (radio) {
    all('.gc-kind').forEach(function (kind) { kind.classList.toggle('is-on', kind.contains(radio)); });
  });

  // --- Looking closer at a masked value: a reason first, then 60 seconds -----------------------------------------------

  var panel = document.getElementById('gc-reveal');
  var asking = null;

  function openPanel(link) {
    closePanel();
    asking = link;
    panel.action = link.href;
    panel.hidden = false;
    panel.reset();
    panel.querySelector('.gc-reveal-said').textContent = '';
    panel.setAttribute('aria-label', link.getAttribute('aria-label'));
    placePanel(link);
    link.setAttribute('aria-expanded', 'true');
    panel.querySelector('input[type=radio]').focus();
  }
  function placePanel(link) {
    var cell = link.closest('td, th'), fact = link.closest('.gc-facts > div');
    clearPlace();
    // under the whole line of facts, so that the neighbour stays where it is
    while (fact && fact.nextElementSibling && fact.nextElementSibling.offsetTop === fact.offsetTop) fact = fact.nextElementSibling;
    if (cell) {
      var row = make('tr', 'gc-reveal-row'), wide = row.appendChild(make('td'));
      wide.colSpan = cell.closest('table').rows[0].cells.length;
      wide.appendChild(panel);
      cell.closest('tr').after(row);
    } else if (fact) {
      var pair = make('div', 'wide gc-reveal-row');
      pair.appendChild(make('dt', 'visually-hidden', link.getAttribute('aria-label')));
      pair.appendChild(make('dd')).appendChild(panel);
      fact.after(pair);
    } else {
      var place = make('div', 'gc-reveal-row');
      place.appendChild(panel);
      link.after(place);
    }
  }
  function clearPlace() {
    all('.gc-reveal-row').forEach(function (place) {
      if (place.contains(panel)) document.getElementById('main').appendChild(panel);
      place.remove();
    });
  }
  function closePanel() {
    if (!asking) return;
    panel.hidden = true;
    clearPlace();
    asking.setAttribute('aria-expanded', 'false');
    asking = null;
  }
  function show(link, value, seconds) {
    var place = link.previousElementSibling, masked = place.dataset.masked, left = seconds;
    var clock = make('span', 'gc-left');
    place.textContent = value;
    place.classList.add('is-shown');
    link.hidden = true;
    clock.setAttribute('role', 'status');
    link.after(clock);
    say();
    place.tabIndex = -1;
    place.focus();
    var timer = window.setInterval(function () { left -= 1; if (left > 0) say(); else hide(); }, 1000);
    function say() { if (left === seconds || left % 10 === 0) clock.textContent = panel.dataset.shown.replace('%s', left); }
    function hide() {
      window.clearInterval(timer);
      place.textContent = masked;
      place.classList.remove('is-shown');
      clock.textContent = panel.dataset.hidden;
      link.hidden = false;
    }
    window.addEventListener('beforeprint', hide, { once: true });
    window.addEventListener('pagehide', hide, { once: true });
  }

  if (panel && panel.hidden) {
    all('a[data-unmask]').forEach(function (link) {
      link.setAttribute('role', 'button');
      link.setAttribute('aria-expanded', 'false');
      link.setAttribute('aria-controls', 'gc-reveal');
    });
    on('keydown', 'a[data-unmask]', function (link, e) { if (e.key === ' ') { e.preventDefault(); link.click(); } });
    on('click', 'a[data-unmask]', function (link, e) {
      e.preventDefault();
      if (asking === link) closePanel(); else openPanel(link);
    });
    panel.addEventListener('keydown', function (e) { if (e.key === 'Escape') { var link = asking; closePanel(); link.focus(); } });
    panel.querySelector('[data-cancel]').addEventListener('click', function () { var link = asking; closePanel(); link.focus(); });
    panel.addEventListener('change', function () {
      var reason = panel.querySelector('[name=reason]:checked');
      panel.elements.note.required = Boolean(reason) && reason.value === panel.dataset.other;
    });
    panel.addEventListener('submit', function (e) {
      e.preventDefault();
      var link = asking, said = panel.querySelector('.gc-reveal-said');
      fetch(panel.action, { method: 'POST', body: new FormData(panel), headers: { Accept: 'application/json' }, credentials: 'same-origin' })
        .then(function (answer) { return answer.json(); })
        .then(function (told) {
          if (told.error) { said.textContent = told.error; return; }
          closePanel();
          show(link, told.value, told.seconds || 60);
        })
        .catch(function () { said.textContent = panel.dataset.failed; });
    });
  }

  // --- Charts, drawn from the table beside them ------------------------------------------------------------------------

  var script = document.currentScript || document.querySelector('script[data-echarts]');
  var boxes = all('[data-chart]');

  function load(src) {
    return new Promise(function (done, failed) {
      var tag = document.createElement('script');
      tag.src = src;
      tag.onload = done;
      tag.onerror = failed;
      document.head.appendChild(tag);
    });
  }
  function token(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }
  function figure(cell) {
    var text = cell.textContent.replace(/\u2212/g, '-').replace(/[^0-9.-]/g, '');
    return text === '' || text === '-' ? null : Number(text);
  }
  function grouped(n) { return n === null || n === undefined ? '' : Number(n).toLocaleString('en-US'); }

  function series(box, table, text) {
    var rows = Array.prototype.slice.call(table.tBodies[0].rows), heads = table.tHead.rows[0].cells, small = box.clientWidth < 480;
    return (box.dataset.kinds || 'bar').split(' ').map(function (kind, i) {
      var data = rows.map(function (row) { return figure(row.cells[i + 1]); });
      var most = Math.max.apply(null, data);
      // the numbers of a line stand as far apart as the widest of them is; the last is always told
      var every = Math.ceil(8 * Math.max.apply(null, data.map(function (n) { return grouped(n).length + 1; })) * data.length / box.clientWidth);
      return {
        name: heads[i + 1].textContent, type: kind, data: data, barMaxWidth: 30, symbol: 'circle', symbolSize: 6, lineStyle: { width: 2 },
        itemStyle: kind === 'bar' ? { decal: { color: 'rgba(28,67,119,.28)', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -0.7 } } : {},
        label: {
          show: kind === 'line' || !small, position: 'top', color: text.color, fontSize: 12,
          formatter: function (p) {
            if (kind === 'line' && (data.length - 1 - p.dataIndex) % every) return '';
            // a bar that reaches the top would write over the line's own numbers
            return kind === 'bar' && p.value === most && data.length > 1 && box.dataset.kinds !== 'bar' ? '' : grouped(p.value);
          }
        }
      };
    });
  }
  function describe(box, table) {
    var rows = Array.prototype.slice.call(table.tBodies[0].rows), heads = table.tHead.rows[0].cells;
    var title = table.caption ? table.caption.textContent : '';
    return title + word('table') + rows.map(function (row) {
      return row.cells[0].textContent + ' ' + heads[1].textContent + ' ' + row.cells[1].textContent;
    }).join('; ');
  }
  function draw(box) {
    var table = document.getElementById(box.dataset.chart);
    var text = { color: token('--gc-ink-2'), fontSize: 12, fontFamily: token('--gc-font') };
    var chart = window.echarts.init(box, null, { renderer: 'canvas', locale: document.documentElement.lang === 'en' ? 'EN' : 'ZH' });
    chart.setOption({
      animation: false, textStyle: text, color: [token('--gc-lv3'), token('--gc-blue-8'), token('--gc-ink-3')],
      aria: { enabled: true, decal: { show: true }, label: { description: describe(box, table) } },
      grid: { left: 8, right: 8, top: 34, bottom: 4, containLabel: true },
      legend: { left: 0, top: 0, itemWidth: 14, itemHeight: 10, itemGap: 18, textStyle: text },
      tooltip: { trigger: 'axis', renderMode: 'richText', axisPointer: { type: 'shadow' }, valueFormatter: grouped },
      xAxis: {
        type: 'category', axisTick: { show: false }, axisLine: { lineStyle: { color: token('--gc-line-2') } }, axisLabel: text,
        data: Array.prototype.map.call(table.tBodies[0].rows, function (row) { return row.cells[0].textContent; })
      },
      yAxis: { type: 'value', splitNumber: 4, minInterval: 1, splitLine: { lineStyle: { color: token('--gc-line') } }, axisLabel: { color: token('--gc-ink-3'), formatter: grouped } },
      series: series(box, table, text)
    });
    window.addEventListener('resize', function () { chart.resize(); });
    window.addEventListener('beforeprint', function () { chart.resize(); });
  }

  if (boxes.length && script && script.dataset.echarts) {
    boxes.forEach(function (box) {
      var data = document.getElementById(box.dataset.chart).closest('details');
      if (data) data.open = false;
    });
    load(script.dataset.echarts)
      .then(function () { return document.documentElement.lang === 'en' ? null : load(script.dataset.echartsZh); })
      .then(function () { boxes.forEach(draw); })
      .catch(function () { boxes.forEach(function (box) { box.hidden = true; document.getElementById(box.dataset.chart).closest('details').open = true; }); });
  }
})();
