"use strict"
// Reads one JSON object from standard input, sends requests at a fixed rate, prints one JSON object.
//
// The requests, connections and answers are autocannon's. The pace is ours, because with `-R`
// autocannon 9.0.0 sends all of a second's requests at the start of that second, one after the
// other, counts every answer slower than 1 ms several times, and rounds to whole milliseconds.
// Here the requests are spread evenly over the second, and a request that had to wait for a free
// connection counts from the moment at which it was due.

const autocannon = require("autocannon")

const SETTLING_MS = 500 // connections open here; not measured
const DRAIN_MS = 1000 // the last answers may come this late

const milliseconds = () => Number(process.hrtime.bigint()) / 1e6

/** The value below which that share of the samples lies (nearest rank). */
function percentile(sorted, share) {
  return sorted.length ? sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] : null
}

function main(asked) {
  const idle = new Set() // clients with nothing to do, longest idle first
  const due = [] // moments at which requests should have left and did not
  const measured = []
  let released = 0
  let unanswered = 0
  let inWindow = 0

  const started = milliseconds()
  const from = started + SETTLING_MS
  const until = from + asked.seconds * 1000
  let cpuAtStart

  function send(client, moment) {
    idle.delete(client)
    client.due = moment
    client.sent = milliseconds()
    unanswered += 1
    client.sendNow()
  }

  function release() {
    const now = milliseconds()
    if (now >= from && !cpuAtStart) cpuAtStart = process.cpuUsage()
    if (now >= until) {
      clearInterval(pacer)
      const late = setInterval(() => {
        if (unanswered + due.length > 0 && milliseconds() < until + DRAIN_MS) return
        clearInterval(late)
        run.stop()
      }, 5)
      return
    }
    const wanted = Math.floor(((now - started) * asked.rate) / 1000)
    for (; released < wanted; released += 1) due.push(now)
    for (const client of idle) {
      if (!due.length) break
      send(client, due.shift())
    }
  }

  function setupClient(client) {
    client.sendNow = client._doRequest
    client._doRequest = () => {
      if (due.length && client.due === undefined) send(client, due.shift())
      else idle.add(client)
    }
    client.on("response", (_status, _bytes, duration) => {
      if (client.due === undefined) return
      const now = milliseconds()
      if (client.due >= from) measured.push(client.sent - client.due + duration)
      if (now >= from && now < until) inWindow += 1
      unanswered -= 1
      client.due = undefined
    })
  }

  const run = autocannon(
    {
      url: asked.url,
      method: asked.method,
      body: asked.body || undefined,
      headers: asked.headers,
      connections: asked.connections,
      duration: Math.ceil((SETTLING_MS + asked.seconds * 1000 + DRAIN_MS) / 1000) + 1,
      sampleInt: 100,
      timeout: 8,
      setupClient,
    },
    (error, result) => {
      if (error) {
        console.error(error.message)
        process.exitCode = 1
        return
      }
      measured.sort((a, b) => a - b)
      console.log(
        JSON.stringify({
          paced: {
            rate_asked: asked.rate,
            rate_reached: inWindow / asked.seconds,
            count: measured.length,
            unanswered: unanswered + due.length,
            p50_ms: percentile(measured, 0.5),
            p90_ms: percentile(measured, 0.9),
            p99_ms: percentile(measured, 0.99),
            max_ms: percentile(measured, 1),
            client_cpu: clientCpu,
          },
          autocannon: result,
        }),
      )
    },
  )
  let clientCpu = null
  const pacer = setInterval(release, 1)
  setTimeout(() => {
    const used = process.cpuUsage(cpuAtStart)
    clientCpu = (used.user + used.system) / 1e6 / asked.seconds
  }, until - milliseconds())
}

let input = ""
process.stdin.on("data", (chunk) => (input += chunk))
process.stdin.on("end", () => main(JSON.parse(input)))
