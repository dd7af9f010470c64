/** Style of the report: readable on paper, in the dark, and on a narrow screen. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1c2430; --soft: #566270; --line: #dfe4ea; --page: #fff; --box: #f6f8fa; --link: #1d4a96;
  --neutral: #e8ecf1; --on-neutral: #44505e; --green: #d9f2e1; --on-green: #12683a; --red: #fbdada; --on-red: #9b1c1c;
  --amber: #fdf0cd; --on-amber: #7a5200; --blue: #dfe9fb; --on-blue: #1d4a96; }
@media screen and (prefers-color-scheme: dark) { :root { --text: #e6e9ee; --soft: #a3aebb; --line: #2c3540; --page: #14181d; --box: #1b2127; --link: #8ab4f8;
  --neutral: #2f3843; --on-neutral: #c3ccd6; --green: #123d25; --on-green: #8fe0af; --red: #4a1a1c; --on-red: #ffb3b3;
  --amber: #43330c; --on-amber: #f5d586; --blue: #16305c; --on-blue: #a9c8ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { margin: 0; font-size: 1.75rem; overflow-wrap: anywhere; } h2 { margin: 2.25rem 0 .5rem; font-size: 1.15rem; } h3 { margin: 1.25rem 0 .25rem; font-size: 1rem; }
a { color: var(--link); text-underline-offset: .15em; } p { margin: .25rem 0; } [hidden] { display: none !important; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: .25rem 1.5rem; margin: 1rem 0 0; }
dt { color: var(--soft); font-size: .8rem; } dd { margin: 0; overflow-wrap: anywhere; font-size: .92rem; }
.counts { display: flex; gap: .35rem; flex-wrap: wrap; } header .counts { margin-top: .75rem; }
table { width: 100%; border-collapse: collapse; } td { padding: .4rem .75rem .4rem 0; border-top: 1px solid var(--line); vertical-align: top; }
.open { list-style: none; margin: 0; padding: 0; } .open li { display: grid; grid-template-columns: 11rem 1fr; padding: .15rem 0; } .open .badge { justify-self: start; align-self: start; }
.soft, .evidence { color: var(--soft); } .evidence { overflow-wrap: anywhere; font-size: .92rem; }
.requirement { border-left: 3px solid var(--line); padding-left: .6rem; font-size: .92rem; white-space: pre-line; }
.id { color: var(--soft); font: .78rem ui-monospace, monospace; overflow-wrap: anywhere; }
.badge { display: inline-block; padding: .05rem .6rem; border-radius: 1rem; font-size: .8rem; font-weight: 600; background: var(--neutral); color: var(--on-neutral); }
.pass { background: var(--green); color: var(--on-green); } .fail { background: var(--red); color: var(--on-red); }
.unknown, .skipped, .waiting { background: var(--amber); color: var(--on-amber); } .recorded-only, .cannot-be-rehearsed, .needs-a-real-account { background: var(--blue); color: var(--on-blue); }
.check { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1rem; padding: .7rem 0; border-top: 1px solid var(--line); scroll-margin-top: 1rem; }
.state { display: flex; flex-direction: column; align-items: flex-start; gap: .25rem; } .check:target { background: var(--box); }
details { margin-top: .35rem; font-size: .85rem; } summary { cursor: pointer; color: var(--link); }
pre { overflow: auto; max-height: 24rem; background: var(--box); padding: .6rem; border-radius: .4rem; font: .78rem/1.4 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
#filter { display: flex; flex-wrap: wrap; gap: .35rem 1rem; align-items: center; margin-top: 1.5rem; padding: .6rem; background: var(--box); border-radius: .4rem; font-size: .88rem; }
#filter [type=search] { font: inherit; padding: .25rem .5rem; flex: 1 1 14rem; }
.bar { width: 30%; } .bar i { display: block; height: .6rem; margin-top: .45rem; border-radius: .3rem; background: #6b9bd8; print-color-adjust: exact; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-right: 0; }
@media (max-width: 40rem) {
  .open li { display: block; } .open .badge { margin-right: .4rem; } .check { grid-template-columns: 1fr; gap: .25rem; } .state { flex-direction: row; flex-wrap: wrap; align-items: baseline; justify-content: space-between; }
  .bar { width: 22%; } .summary td { display: block; } .summary td + td { border: 0; padding-top: 0; } dl { grid-template-columns: 1fr 1fr; gap: .25rem .75rem; }
}
@page { size: A4; margin: 16mm 14mm; }
@media print {
  :root { color-scheme: light; font-size: 13px; } body { font-size: 1rem; } main { max-width: none; padding: 0; } #filter, details { display: none !important; }
  .badge { print-color-adjust: exact; } .check, .open li, tr { break-inside: avoid; } h2, h3 { break-after: avoid; } a { color: inherit; text-decoration: none; }
}
`;
