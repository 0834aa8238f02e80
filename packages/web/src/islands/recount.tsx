/** The recount: mounts on the recounting page. */
import { render } from "preact";
import { readPageData } from "./page-data.ts";

const place = document.getElementById("island");
if (place !== null) render(<p>{readPageData().workforce}</p>, place);
