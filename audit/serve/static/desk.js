"use strict";
(function () {
  // --- Files: dropped anywhere on their field, listed, taken back -----------------------------------------------------
  function megabytes(bytes) { return Math.round(bytes / 1e6) + " MB"; }

  function list(input) {
    var names = input.parentElement.querySelector(".chosen");
    names.textContent = "";
    names.hidden = input.files.length === 0;
    Array.prototype.forEach.call(input.files, function (file, index) {
      var item = document.createElement("li");
      var name = document.createElement("bdi");
      var away = document.createElement("button");
      name.textContent = file.name;
      away.type = "button";
      away.className = "plain";
      away.textContent = "Remove";
      away.setAttribute("aria-label", "Remove " + file.name);
      away.addEventListener("click", function () { keep(input, function (other, at) { return at !== index; }); });
      item.append(name, away);
      names.append(item);
    });
  }

  function keep(input, wanted) {
    var files = new DataTransfer();
    Array.prototype.filter.call(input.files, wanted).forEach(function (file) { files.items.add(file); });
    input.files = files.files;
    input._files = files.files;
    list(input);
  }

  function add(input, more) {
    var files = new DataTransfer();
    var known = {};
    if (input.multiple) Array.prototype.forEach.call(input._files || [], function (file) {
      known[file.name + "/" + file.size] = true;
      files.items.add(file);
    });
    Array.prototype.forEach.call(more, function (file) {
      if (!known[file.name + "/" + file.size] && (input.multiple || !files.items.length)) files.items.add(file);
    });
    input.files = files.files;
    input._files = files.files;
    list(input);
  }

  document.querySelectorAll("input.drop").forEach(function (input) {
    var field = input.parentElement;
    input.addEventListener("change", function () { add(input, input.files); });
    ["dragenter", "dragover"].forEach(function (name) {
      field.addEventListener(name, function (event) { event.preventDefault(); field.classList.add("over"); });
    });
    field.addEventListener("dragleave", function (event) {
      if (!field.contains(event.relatedTarget)) field.classList.remove("over");
    });
    field.addEventListener("drop", function (event) {
      event.preventDefault();
      field.classList.remove("over");
      add(input, event.dataTransfer.files);
    });
    if (input.files.length) add(input, input.files);  // the browser remembered them
  });
  // A file that misses its field must not replace the page.
  ["dragover", "drop"].forEach(function (name) {
    document.addEventListener(name, function (event) {
      if (!event.target.closest(".field, textarea")) event.preventDefault();
    });
  });

  document.querySelectorAll("[data-more]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () {
      var boxes = document.querySelectorAll("textarea[name=" + button.dataset.more + "]");
      var box = boxes[0].cloneNode(false);
      box.id = boxes[0].id + "_" + boxes.length;
      box.setAttribute("aria-label", "Text of another source");
      button.before(box);
      box.focus();
    });
  });

  // --- Editing: from a question to its words -----------------------------------------------------------------------------
  // How high a box would be with these words; a browser does not scroll to what a script selects.
  function heightOf(box, words) {
    var ghost = box.cloneNode(false);
    ghost.removeAttribute("name");
    ghost.removeAttribute("id");
    ghost.className = "ghost";
    ghost.style.width = box.offsetWidth + "px";
    ghost.value = words;
    box.after(ghost);
    var height = ghost.scrollHeight;
    ghost.remove();
    return height;
  }

  document.querySelectorAll("[data-find]").forEach(function (button) {
    var box = document.getElementById("text");
    var words = button.dataset.find.replace(/\r\n?/g, "\n");
    button.hidden = box.value.indexOf(words) < 0;
    button.addEventListener("click", function () {
      var start = box.value.indexOf(words);
      if (start < 0) {
        button.textContent = "These words are no longer there";
        button.disabled = true;
        return;
      }
      box.focus();
      box.scrollTop = Math.max(0, heightOf(box, box.value.slice(0, start)) - box.clientHeight / 2);
      box.setSelectionRange(start, start + words.length);
    });
  });

  // --- Sending: too large is told before it is sent, and twice is once -------------------------------------------------
  function complaint(form) {
    var limits = form.dataset, total = 0, count = 0, large = "";
    form.querySelectorAll("input.drop").forEach(function (input) {
      Array.prototype.forEach.call(input.files, function (file) {
        total += file.size;
        count += 1;
        if (file.size > limits.file) large = file.name + " is larger than " + megabytes(limits.file) + ". Split it.";
      });
    });
    if (large) return large;
    if (count > limits.files) return "These are " + count + " files; up to " + limits.files + " can be audited together.";
    return total > limits.total ? "All files together are larger than " + megabytes(limits.total) + "." : "";
  }

  function tell(form, words) {
    var place = document.querySelector(".problem");
    if (!place) {
      place = document.createElement("p");
      place.className = "problem";
      place.setAttribute("role", "alert");
      form.before(place);
    }
    place.textContent = words;
    place.scrollIntoView({ block: "center" });
  }

  document.querySelectorAll("form").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      var words = form.dataset.file ? complaint(form) : "";
      if (words) {
        event.preventDefault();
        tell(form, words);
        return;
      }
      form.querySelectorAll("button:not([type=button])").forEach(function (button) { button.disabled = true; });
    });
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("button[disabled]").forEach(function (button) { button.disabled = false; });
  });

  // --- Progress ----------------------------------------------------------------------------------------------------------
  var under = document.querySelector("[data-state]");
  if (under) {
    var status = under.querySelector("[role=status]");
    var lost = 0;
    var ask = function () {
      fetch(under.dataset.state, { credentials: "same-origin" }).then(function (answer) {
        if (!answer.ok) throw new Error();
        return answer.json();
      }).then(function (now) {
        lost = 0;
        if (now.state === "done" || now.state === "failed") { location.replace(under.dataset.done); return; }
        var words = now.ahead ? now.ahead + (now.ahead === 1 ? " audit" : " audits") + " before this one" : now.words;
        words = words.charAt(0).toUpperCase() + words.slice(1);
        if (status.textContent !== words) status.textContent = words;
        setTimeout(ask, 500);
      }).catch(function () {
        lost += 1;
        if (lost > 3) status.textContent = "Copydesk does not answer. Is it still running?";
        setTimeout(ask, 2000);
      });
    };
    setTimeout(ask, 300);
  }
})();
