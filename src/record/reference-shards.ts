/** results/README.md, the part about `coffer run --shard` and `coffer merge`. */

export const SHARDS = `\
\`coffer run JOB.fio --shard i/n\` runs the ith of n shares of a plan, each wherever there is a
machine for it, and \`coffer merge --output FILE.csv SHARDS…\` makes one record of them: of virtual
runs the bytes of one run.

Every shard plans and checks the whole file, so that all of them find its mistakes, before anything
runs. Points are dealt in rounds, over all files, and each round begins one shard further on: shards
differ by one point at most, and a slow value of an axis comes to all of them. **The repetitions of a
point stay in one shard**: under the wall clock they are one sample, and a sample is of one machine.

A shard is a record like any other, \`STEM.shard-2-of-4.csv\` unless \`--output\` says otherwise, and
\`--resume\` finishes it. It has rows of its own runs alone; with fewer points than shards some have
none, which is no mistake. Its JSON says of what it is a share: \`shard\` holds \`index\`, \`count\`, the
\`points\` of all shards, and \`runs_sha256\`, a digest of the plan's runs in their order (job file,
point, repetition, \`plan_sha256\`).

\`merge\` takes them in any order, and refuses what would not be the whole: a shard that is missing or
there twice, a \`.partial\`, another text of a job file, other runs (another \`--set\` or \`--section\`),
a row that is there twice, and rows that do not give the digest. Rows that are not done are taken as
they are; \`coffer run --resume --output FILE.csv\` does those then.

In the JSON beside a merged record a fact in which the shards differ is a list of its values, and
\`shards\` says which has which, with its command line and times. Under the virtual clock that is of
no consequence. \`merge\` warns when the shards are of different versions of coffer, or hold wall-clock
rows of machines that differ, and \`compare\` takes such a record for one of another environment.`;
