// Runs in every page before its own scripts: the same clock for every framework.
//
// Each animation frame it reads the labels in the chart and the scores in the table, through shadow
// roots where there are any. In the first frame in which both show what is expected the page has
// not been painted yet; the clock stops at the start of the next one, when it has.
(() => {
  const CHART = ".js-plotly-plot text.bartext"
  let roots = [document]

  function discover() {
    roots = [document]
    for (let place = 0; place < roots.length; place += 1)
      for (const element of roots[place].querySelectorAll("*"))
        if (element.shadowRoot) roots.push(element.shadowRoot)
  }

  function texts(selector) {
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const found = roots.flatMap((root) => [...root.querySelectorAll(selector)])
      if (found.length) return found.map((element) => element.textContent.trim())
      discover()
    }
    return []
  }

  const same = (found, expected) =>
    found.length === expected.length && found.every((text, place) => text === expected[place])

  const clock = {
    table: "",
    pressed: null, // when the last key went down, in ms since the navigation started

    read: () => ({ chart: texts(CHART), table: texts(clock.table) }),

    /** Resolves when chart and table show the same one of several sets of numbers, or too late. */
    expect(choices, patience) {
      const started = performance.now()
      clock.pressed = null
      clock.answer = new Promise((resolve) => {
        let chart = null
        const look = () => {
          const now = performance.now()
          const labels = texts(CHART)
          const which = choices.findIndex((numbers) => same(labels, numbers))
          if (which >= 0 && chart === null) chart = now
          if (which >= 0 && same(texts(clock.table), choices[which]))
            requestAnimationFrame(() =>
              resolve({ which, shown: performance.now(), chart, pressed: clock.pressed }),
            )
          else if (now - started > patience) resolve({ which: -1, ...clock.read() })
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      })
    },
  }
  addEventListener("keydown", (event) => (clock.pressed = event.timeStamp), true)
  window.__clock = clock
})()
