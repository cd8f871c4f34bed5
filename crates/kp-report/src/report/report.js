// Only makes things easier: every word of the page is there without this script.
(function () {
  "use strict";
  function openTarget() {
    var id = decodeURIComponent(location.hash.slice(1));
    var target = id && document.getElementById(id);
    if (!target) return;
    for (var at = target; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    target.scrollIntoView();
  }
  addEventListener("hashchange", openTarget);
  openTarget();

  var filter = document.getElementById("filter");
  if (!filter) return;
  var words = filter.querySelector("input"), severity = filter.querySelector("select");
  var rows = Array.prototype.slice.call(document.querySelectorAll("[data-finding]"));
  var said = document.getElementById("filter-said");
  function apply() {
    var wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean), shown = 0;
    rows.forEach(function (row) {
      var text = row.getAttribute("data-finding").toLowerCase();
      var fits = wanted.every(function (word) { return text.indexOf(word) >= 0; }) &&
        (!severity.value || row.getAttribute("data-severity") === severity.value);
      row.hidden = !fits;
      if (fits) shown += 1;
    });
    said.textContent = shown === rows.length ? "" : shown + " of " + rows.length + " shown";
  }
  filter.hidden = false;
  words.addEventListener("input", apply);
  severity.addEventListener("change", apply);
})();
