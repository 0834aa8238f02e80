/** The signatory's path: mounts on the signing page. */
import { render } from "preact";
import { readPageData } from "./page-data.ts";

const place = document.getElementById("island");
if (place !== null) render(<p>{readPageData().letter}</p>, place);
