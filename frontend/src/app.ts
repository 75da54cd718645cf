/** Starts the modules of every page; each has one job and does nothing where its elements are absent. */
import "./strict";
import "./keep";
import { start as requests } from "./requests";
import { start as theme } from "./theme";
import { start as toast } from "./toast";
import { start as menu } from "./menu";
import { start as dialog } from "./dialog";
import { start as card } from "./card";
import { start as keys } from "./keys";
import { start as combobox } from "./combobox";
import { start as query } from "./query";
import { start as palette } from "./palette";
import { start as date } from "./date";
import { start as editor } from "./editor";
import { start as unsaved } from "./unsaved";
import { start as relative } from "./relative";
import { start as live } from "./live";
import { start as talk } from "./talk";
import { start as quick } from "./quick";
import { start as sort } from "./sort";
import { start as upload } from "./upload";
import { start as board } from "./board";
import { start as picking } from "./picking";
import { start as twice } from "./twice";
import { start as cells } from "./cells";

for (const module of [twice, requests, theme, toast, menu, dialog, card, keys, combobox, palette, query, date, editor, unsaved, relative, live, talk]) module();
for (const module of [quick, sort, upload, board, picking, cells]) module();
