"use strict";
(function () {
  var findings = Array.prototype.slice.call(document.querySelectorAll(".finding"));
  var keys = document.querySelector(".keys");
  if (keys && findings.length) keys.hidden = false;

  function shown(finding) {
    var fold = finding.closest("details.fold");
    return !fold || fold.open;
  }

  // The finding that the reader is at: the one in focus, or the last one that begins above the middle of the window.
  function current(list) {
    var at = list.indexOf(document.activeElement && document.activeElement.closest(".finding"));
    if (at >= 0) return at;
    list.forEach(function (finding, index) {
      if (finding.getBoundingClientRect().top < window.innerHeight / 3) at = index;
    });
    return at;
  }

  function step(by) {
    var list = findings.filter(shown);
    var target = list[Math.min(Math.max(current(list) + by, 0), list.length - 1)];
    if (!target) return;
    target.focus({ preventScroll: true });
    target.scrollIntoView();
    history.replaceState(null, "", "#" + target.id);
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    if (event.key === "j") step(1);
    if (event.key === "k") step(-1);
  });

  document.addEventListener("click", function (event) {
    var link = event.target.closest("a.permalink");
    if (link && navigator.clipboard) {
      navigator.clipboard.writeText(link.href).then(function () {
        link.textContent = "Copied";
        setTimeout(function () { link.textContent = "Link"; }, 1500);
      }, function () {});
      return;
    }
    var words = event.target.closest("[data-go]");
    if (words && !event.target.closest("a") && !String(window.getSelection())) location.hash = words.dataset.go;
  });

  // A printed report shows everything but the rules' own texts.
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details.fold").forEach(function (fold) { fold.open = true; });
  });
})();
