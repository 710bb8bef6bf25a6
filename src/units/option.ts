/**
 * What an option of a job file is: the one declaration that parser, checks, `coffer options` and
 * the generated reference read. Job options stand in `job/options/`, attributes of devices and
 * hosts beside the models that obey them (`device/NAME/attributes.ts`, `host/attributes.ts`,
 * `fabric/attributes.ts`).
 */

export type OptionType =
  /** Present means yes; `=0` and `=1` are accepted, as fio does for its STR_SET options. */
  | 'flag'
  /** `0` or `1`, nothing else. */
  | 'bool'
  /** A whole number; decimal or 0x. */
  | 'int'
  /** A number with a decimal point allowed. */
  | 'float'
  /** A size in bytes: `4k`, `1m`, `0x1000`. */
  | 'bytes'
  /** A size, or a share of the device as `50%`. */
  | 'bytes-or-percent'
  /** `lo-hi` or `lo:hi` of sizes; one size is both bounds. */
  | 'bytes-range'
  /** Sizes with their shares in percent, `4k/60:64k/40`, by direction; the value is the text. */
  | 'bytes-shares'
  /** Numbers with colons between: `50:99:99.9`; the value is the text. */
  | 'float-list'
  /** A time: `10us`, `5s`. `unit` says what a bare number counts; the value is in ns. */
  | 'time'
  /** `lo-hi` or `lo:hi` of times; one time is both bounds. `unit` as for a time. */
  | 'time-range'
  /**
   * A rate: `1gbit`, `12.5gB` (bit/s and B/s, decimal) or `3360m` (bytes/s, k = 1024); the value is
   * in bytes/s.
   */
  | 'rate'
  | 'choice'
  /** How random offsets are spread: `zipf:1.1`; the value is the canonical text. */
  | 'distribution'
  /** How the file of the next I/O is chosen: `roundrobin:4`; the value is the canonical text. */
  | 'file-service'
  /** What has to be steady, and how: `iops_slope:0.01%`; the value is the canonical text. */
  | 'steady-criterion'
  | 'string';

export interface Option {
  /** As written in a job file: the field's own name, snake_case as fio and configfs have it. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly type: OptionType;
  /**
   * `directions`: up to four values `read,write,trim,copy`; `lines`: the option may be given once
   * per line.
   */
  readonly list?: 'directions' | 'lines';
  readonly choices?: readonly string[];
  /** Choices that are other spellings: by each, the one it stands for, which is the value. */
  readonly choiceAliases?: Readonly<Record<string, string>>;
  /** By choice, what may stand behind it and a colon: `read:8k`, `randread:8`. */
  readonly choiceSuffixes?: Readonly<Record<string, 'stride' | 'run'>>;
  /** Values that fio gives a meaning to, and coffer does not have. */
  readonly notDone?: readonly ValueNotDone[];
  /** May stand without `=` though it is no flag. */
  readonly valueOptional?: true;
  /**
   * What a bare number counts, as shown in the reference: `bytes`, `s`, `ns`, `sectors`, `logical
   * blocks`…
   */
  readonly unit?: string;
  /**
   * A bare number is refused: configfs counts this attribute in MiB, a reader of a job file would
   * not know.
   */
  readonly suffixRequired?: boolean;
  /** As it would be written; null: no default (absent, or said by `help`). */
  readonly default: string | null;
  /** An attribute that came when there were records: at its default no part of the question. */
  readonly later?: true;
  readonly min?: number;
  readonly max?: number;
  readonly category: string;
  /** One sentence or two, for a person who knows fio. */
  readonly help: string;
}

export interface ValueNotDone {
  readonly like: RegExp;
  /** What would differ, and what to do: the rest of a sentence that begins with the value. */
  readonly why: string;
}

/** A parsed value in base units (bytes, ns, bytes/s); `lines` give a list of strings. */
export type AttributeValue = number | string | boolean | readonly string[] | null;
export type AttributeValues = Readonly<Record<string, AttributeValue>>;

/** Why a set of attributes is refused; becomes `file:line: attribute: what, and what to do`. */
export interface Refusal {
  readonly attribute: string;
  /** For example `hw_queue_depth=0 leaves no tag to send a request with; give 1 or more`. */
  readonly what: string;
}

/** The attributes of one model (`driver=NAME`, or the kinds `host` and `link`). */
export interface AttributeTable {
  readonly model: string;
  readonly summary: string;
  readonly options: readonly Option[];
  /**
   * `profile=NAME`: sets of values as they would be written, each with the sentence that names its
   * source.
   */
  readonly profiles?: Readonly<Record<string, Profile>>;
  /**
   * Rules across attributes; every broken one is named. Values outside min, max or choices are
   * refused before.
   */
  refuse(values: AttributeValues): readonly Refusal[];
  /** What the checks of a job need to know of a device; absent for hosts and links. */
  facts?(values: AttributeValues): DeviceFacts;
  /** True, but worth a warning: an attribute that the model knows and gives no effect to. */
  warn?(given: ReadonlySet<string>, values: AttributeValues): readonly Refusal[];
}

export interface Profile {
  readonly source: string;
  readonly values: Readonly<Record<string, string>>;
}

/** What a job's checks need to know of the device under it. Sizes in bytes. */
export interface DeviceFacts {
  readonly sizeBytes: number;
  readonly logicalBlockBytes: number;
  /** Largest copy the device takes in one command; 0 = it cannot copy. */
  readonly copyMaxBytes: number;
  /** It takes discards. */
  readonly discards: boolean;
  /** How it keeps its data; `none`: not at all. */
  readonly data: 'file' | 'memory' | 'tags' | 'none';
}
